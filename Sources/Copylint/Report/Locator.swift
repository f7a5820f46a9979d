/// Where a place starts and ends; the end is exclusive.
struct Region: Equatable {
  var start: SourcePosition
  var end: SourcePosition
}

/// Turns byte offsets into lines and columns, moving on from the last place it was asked for.
///
/// `SourceFile.position` counts a column from the start of its line. Ten thousand findings on one line of 1 MiB would
/// make that quadratic; findings come sorted by place, so going on from the last one is linear over all of them.
struct Locator {
  // Two cursors, because starts ascend while ends go back and forth between an object and its members.
  private var startCursor = Cursor()
  private var endCursor = Cursor()

  mutating func region(of place: Place) -> Region {
    Region(
      start: startCursor.move(to: place.range.lowerBound, in: place.file),
      end: endCursor.move(to: place.range.upperBound, in: place.file))
  }
}

private struct Cursor {
  private var file: SourceFile?
  /// The byte offsets of the line the cursor stands on, without its ending.
  private var line = 0..<0
  private var offset = 0
  private var position = SourcePosition(line: 1, column: 1)

  mutating func move(to target: Int, in file: SourceFile) -> SourcePosition {
    let target = min(max(target, 0), file.bytes.count)
    if self.file === file, (line.lowerBound...line.upperBound).contains(target) {
      let passed = Self.codePoints(in: min(offset, target)..<max(offset, target), of: file)
      position.column += target < offset ? -passed : passed
    } else {
      position = file.position(ofByte: target)
      line = file.line(position.line).indices
      self.file = file
    }
    offset = target
    return position
  }

  private static func codePoints(in range: Range<Int>, of file: SourceFile) -> Int {
    file.bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      for index in range where bytes[index] & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }
}
