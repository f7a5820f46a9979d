/// What a message or a help says, as the content of a JSON string, with room for values of the request.
///
/// Made of the kind's own words, with `first` and `second` in place of the values that it would show.
struct TextTemplate {
  /// Text that is shown holds neither of these.
  static let first = "\u{1}"
  static let second = "\u{2}"

  private let bytes: OwnedSpan
  private let head: Span
  private let middle: Span
  private let tail: Span
  /// Which value comes after the head, and which after the middle; 0 for none.
  private let slots: (UInt8, UInt8)

  /// At most two values are left out, each in a place of its own.
  init(_ text: String) {
    var content: [UInt8] = []
    var ends: [Int] = []
    var found: [UInt8] = []
    for piece in text.utf8.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 1 || $0 == 2 }) {
      Array(piece).withUnsafeBufferPointer { JSONStringText.appendContent($0, to: &content) }
      ends.append(content.count)
      if piece.endIndex < text.utf8.endIndex { found.append(text.utf8[piece.endIndex]) }
    }
    precondition(ends.count <= 3, "a text leaves out at most two values")
    while ends.count < 3 { ends.append(content.count) }
    while found.count < 2 { found.append(0) }
    bytes = OwnedSpan(ByteString(content))
    head = bytes.span.part(0, ends[0])
    middle = bytes.span.part(ends[0], ends[1])
    tail = bytes.span.part(ends[1], ends[2])
    slots = (found[0], found[1])
  }

  /// Appends the text with the values in it.
  func append(_ first: FindingValue, _ second: FindingValue, to output: inout ByteBuffer) {
    output.append(span: head)
    guard slots.0 > 0 else { return }
    (slots.0 == 1 ? first : second).appendShown(to: &output)
    output.append(span: middle)
    guard slots.1 > 0 else { return }
    (slots.1 == 1 ? first : second).appendShown(to: &output)
    output.append(span: tail)
  }
}

/// A value of a request that a finding is about.
enum FindingValue {
  case absent
  case bytes(Span)
  case number(Int)

  /// As `Escaping.quoted` shows bytes, and as digits show numbers.
  func appendShown(to output: inout ByteBuffer) {
    switch self {
    case .absent: break
    case .bytes(let bytes): JSONStringText.append(quoted: bytes, to: &output)
    case .number(let number): output.append(decimal: number)
    }
  }
}
