import Testing

@testable import Copylint

@Suite struct PlaceCursorTests {
  /// Forwards, backwards, over lines and code points, as `SourceFile` has it.
  @Test func itGoesWhereItIsSent() {
    let text = Array("{\n  \"é\": [1,\r\n\n2], \"😀\": {}\r\n}\n".utf8)
    let file = SourceFile(path: "a", bytes: text, firstLine: 5)
    text.withUnsafeBufferPointer { bytes in
      for step in [1, 3, 5, 7, 11, 23] {
        var cursor = PlaceCursor(bytes, line: 5)
        for number in 0..<60 {
          let target = number * step % (text.count + 1)
          let place = cursor.move(to: target)
          #expect(place == file.position(ofByte: target), "\(target)")
        }
      }
    }
  }
}
