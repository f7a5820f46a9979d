/// Writes JSON text (RFC 8259) into bytes. Always valid UTF-8 whatever went in, and without a control, invisible or
/// bidirectional character: those are written as escapes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  /// For each open object or array, whether it has an element.
  private var open: [Bool] = []
  private var isAfterKey = false

  init(pretty: Bool = false) { isPretty = pretty }

  mutating func object(_ body: (inout JSONWriter) -> Void) { container("{", "}", body) }
  mutating func array(_ body: (inout JSONWriter) -> Void) { container("[", "]", body) }

  mutating func key(_ name: String) {
    separate()
    quote(Array(name.utf8))
    bytes += Array((isPretty ? ": " : ":").utf8)
    isAfterKey = true
  }

  mutating func value(_ text: String) { value(ByteString(text)) }

  mutating func value(_ text: ByteString) {
    separate()
    quote(text.bytes)
  }

  mutating func value(_ number: Int) { raw(String(number)) }
  mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
  mutating func null() { raw("null") }

  mutating func member(_ name: String, _ text: String?) { member(name, text.map { ByteString($0) }) }

  /// Left out when there is no value.
  mutating func member(_ name: String, _ text: ByteString?) {
    guard let text else { return }
    key(name)
    value(text)
  }

  mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    array { writer in for text in texts { writer.value(text) } }
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes += Array(text.utf8)
  }

  private mutating func container(_ start: String, _ end: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes += Array(start.utf8)
    open.append(false)
    body(&self)
    let isFilled = open.removeLast()
    if isFilled { lineBreak() }
    bytes += Array(end.utf8)
  }

  private mutating func separate() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    guard let isFilled = open.last else { return }
    if isFilled { bytes.append(UInt8(ascii: ",")) }
    open[open.count - 1] = true
    lineBreak()
  }

  private mutating func lineBreak() {
    guard isPretty else { return }
    bytes.append(0x0A)
    bytes += Array(repeating: 0x20, count: open.count * 2)
  }

  private mutating func quote(_ text: [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.allSatisfy(Self.isPlain) {
      bytes += text
    } else {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes += Array("\\\"".utf8)
    case "\\": bytes += Array("\\\\".utf8)
    case "\n": bytes += Array("\\n".utf8)
    case "\r": bytes += Array("\\r".utf8)
    case "\t": bytes += Array("\\t".utf8)
    default:
      guard !Escaping.isVisible(scalar) else { return bytes += Array(String(Character(scalar)).utf8) }
      for unit in String(Character(scalar)).utf16 {
        let digits = String(unit, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      }
    }
  }
}
