import Testing

@testable import Copylint

@Suite struct ByteBufferTests {
  private func text(_ body: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer(capacity: 1)
    body(&buffer)
    return String(decoding: buffer.span, as: UTF8.self)
  }

  @Test(arguments: [
    0, 7, 9, 10, 99, 100, 101, 1_234_567_890, 999_999_999_999_999_999, 1_000_000_000_000_000_000, Int.max,
  ])
  func numbersAreDecimal(_ number: Int) {
    #expect(text { $0.append(decimal: number) } == String(number))
  }

  @Test func itGrows() {
    let word = String(repeating: "ab", count: 50)
    let all = text { buffer in
      for _ in 0..<20 {
        buffer.append(Array(word.utf8))
        buffer.append("-")
      }
    }
    #expect(all == String(repeating: word + "-", count: 20))
  }

  @Test func roomIsFilledInLater() {
    let all = text { buffer in
      buffer.append("a")
      let room = buffer.leaveRoom(2)
      buffer.append("d")
      buffer.withRoom(at: room) { ($0[0], $0[1]) = (0x62, 0x63) }
    }
    #expect(all == "abcd")
  }

  @Test func whatIsCutIsForgotten() {
    let all = text { buffer in
      buffer.append("abc")
      buffer.cut(to: 1)
      buffer.append("d")
    }
    #expect(all == "ad")
  }
}
