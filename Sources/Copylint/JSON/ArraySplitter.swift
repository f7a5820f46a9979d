/// Finds the elements of an outermost array without parsing them, so that each is judged alone: one that is broken or
/// too large does not take the others with it.
///
/// Brackets and strings alone decide where an element ends. Whether it is JSON is for `Document` to say.
// INVARIANT: the array is JSON exactly when every element is and nothing is unreadable.
struct ArraySplitter {
  /// One element, or what is wrong between elements.
  enum Element {
    case text(JSONText)
    case unreadable(Diagnostic, pointer: JSONPointer)
  }

  private let text: JSONText
  private var at: Int
  private var index = 0

  /// Whether the text begins with `[` after white space.
  static func isArray(_ text: JSONText) -> Bool {
    text.file.bytes.withUnsafeBufferPointer { isArray($0.part(text.range.lowerBound, text.range.upperBound)) }
  }

  static func isArray(_ text: Span) -> Bool { text.first { !isWhiteSpace($0) } == UInt8(ascii: "[") }

  /// Calls `body` for each element in order. The text must begin with `[`.
  static func forEachElement<Failure: Error>(
    of text: JSONText, _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    var splitter = ArraySplitter(text: text, at: text.range.lowerBound)
    try splitter.run(body)
  }

  private init(text: JSONText, at: Int) { (self.text, self.at) = (text, at) }

  private var end: Int { text.range.upperBound }

  private mutating func run<Failure: Error>(_ body: (Element) throws(Failure) -> Void) throws(Failure) {
    skipWhiteSpace()
    let bracket = at
    at += 1
    skipWhiteSpace()
    if at < end, byte == UInt8(ascii: "]") { return try trailing(body) }
    while true {
      let range = skipElement()
      try body(element(range))
      index += 1
      guard at < end else { return try unclosed(bracket, range, body) }
      let separator = byte
      if separator == UInt8(ascii: "]") { return try trailing(body) }
      at += 1
    }
  }

  private func element(_ range: (range: Range<Int>, isWhole: Bool)) -> Element {
    let pointer = text.pointer.appending(index)
    guard range.range.isEmpty, at < end else {
      return .text(JSONText(file: text.file, range: range.range, pointer: pointer))
    }
    let found = Escaping.quoted(ByteString([byte]))
    let help = index > 0 ? "remove the comma before it" : nil
    return .unreadable(
      text.diagnostic("expected a value, found \(found)", help: help, at..<at + 1), pointer: pointer)
  }

  /// The end of the text came before the end of the array. An element that is cut off is refused as a text of its
  /// own already.
  private func unclosed<Failure: Error>(
    _ bracket: Int, _ last: (range: Range<Int>, isWhole: Bool), _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    guard last.isWhole, !last.range.isEmpty else { return }
    let place = text.file.position(ofByte: bracket)
    let help = "the array opened at line \(place.line), column \(place.column) is not closed"
    let diagnostic = text.diagnostic("the text ends too early: `,` or `]` is missing", help: help, end..<end)
    try body(.unreadable(diagnostic, pointer: text.pointer.appending(index)))
  }

  private mutating func trailing<Failure: Error>(
    _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    at += 1
    skipWhiteSpace()
    guard at < end else { return }
    let diagnostic = text.diagnostic(
      "trailing data after the JSON value", help: "a file holds one value; use `--ndjson` for one request a line",
      at..<at + 1)
    try body(.unreadable(diagnostic, pointer: text.pointer.appending(index)))
  }

  /// Goes on to the comma or bracket that ends the element, or to the end; the range is without white space around.
  private mutating func skipElement() -> (range: Range<Int>, isWhole: Bool) {
    skipWhiteSpace()
    let start = at
    let (stop, isWhole) = text.file.bytes.withUnsafeBufferPointer { Self.endOfElement($0, start, end) }
    at = stop
    var last = stop
    while last > start, Self.isWhiteSpace(text.file.bytes[last - 1]) { last -= 1 }
    return (start..<last, isWhole)
  }

  private static func endOfElement(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> (Int, Bool) {
    var at = start
    var depth = 0
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        while at < end, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        if at >= end { return (end, false) }
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ",") where depth == 0: return (at, true)
      case UInt8(ascii: "]") where depth == 0: return (at, true)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
      at += 1
    }
    return (end, depth == 0)
  }

  private var byte: UInt8 { text.file.bytes[at] }

  private mutating func skipWhiteSpace() {
    while at < end, Self.isWhiteSpace(byte) { at += 1 }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
