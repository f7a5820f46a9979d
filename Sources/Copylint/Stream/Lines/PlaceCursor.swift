/// Turns byte offsets into a text into lines and columns, going on from the last one: places come nearly sorted.
///
/// For texts in which LF ends every line, with or without a CR before it.
struct PlaceCursor {
  private let text: Span
  private let firstLine: Int
  private var offset = 0
  private var position: SourcePosition

  init(_ text: Span, line: Int) {
    (self.text, firstLine) = (text, line)
    position = SourcePosition(line: line, column: 1)
  }

  mutating func move(to target: Int) -> SourcePosition {
    if target < offset { goBack(to: target) }
    let passed = text.part(offset, target)
    var at = 0
    while let feed = passed.offset(of: 0x0A, from: at) {
      position = SourcePosition(line: position.line + 1, column: 1)
      at = feed + 1
    }
    position.column += passed.part(at, passed.count).codePointCount
    offset = target
    return position
  }

  /// Within a line, or to the start of the text.
  private mutating func goBack(to target: Int) {
    let passed = text.part(target, offset)
    if passed.offset(of: 0x0A) == nil {
      position.column -= passed.codePointCount
      offset = target
    } else {
      position = SourcePosition(line: firstLine, column: 1)
      offset = 0
    }
  }
}
