/// Reads one document; see ``XMLElement`` for what it takes.
struct XMLReader {
  private var rest: ArraySlice<UInt8>
  private var elementsLeft = 1000

  private static let maxDepth = 16

  init(_ document: ArraySlice<UInt8>) { rest = document }

  /// The root element, with nothing but a declaration before it and white space around it.
  mutating func document() -> XMLElement? {
    skipSpace()
    if take("<?xml ") {
      guard skip(past: "?>") else { return nil }
      skipSpace()
    }
    guard let root = element(depth: 0) else { return nil }
    skipSpace()
    return rest.isEmpty ? root : nil
  }

  private mutating func element(depth: Int) -> XMLElement? {
    elementsLeft -= 1
    guard depth < Self.maxDepth, elementsLeft >= 0, take("<"), let name = name() else { return nil }
    guard let isEmpty = endOfTag() else { return nil }
    var element = XMLElement(name: name)
    if isEmpty { return element }
    var text: [UInt8] = []
    while let byte = rest.first {
      if byte != UInt8(ascii: "<") {
        guard characterData(into: &text) else { return nil }
      } else if take("</") {
        guard take(name) else { return nil }
        skipSpace()
        guard take(">") else { return nil }
        element.text = ASCII.trimmed(String(decoding: text, as: UTF8.self))
        return element
      } else {
        guard let child = self.element(depth: depth + 1) else { return nil }
        element.children.append(child)
      }
    }
    return nil
  }

  private mutating func name() -> String? {
    let name = rest.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || "_-.:".utf8.contains($0) }
    guard let first = name.first, ASCII.isLetter(first) else { return nil }
    rest = rest[name.endIndex...]
    return String(decoding: name, as: UTF8.self)
  }

  /// Skips the attributes; whether the element is closed by the tag itself, or nil where the tag is not well formed.
  private mutating func endOfTag() -> Bool? {
    while true {
      skipSpace()
      if take("/>") { return true }
      if take(">") { return false }
      guard name() != nil else { return nil }
      skipSpace()
      guard take("=") else { return nil }
      skipSpace()
      guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
      guard let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
      guard !rest[..<end].contains(UInt8(ascii: "<")) else { return nil }
      rest = rest[(end + 1)...]
    }
  }

  private mutating func characterData(into text: inout [UInt8]) -> Bool {
    if take("&") { return reference(into: &text) }
    let run = rest.prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }
    text.append(contentsOf: run)
    rest = rest[run.endIndex...]
    return true
  }

  private mutating func reference(into text: inout [UInt8]) -> Bool {
    guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return false }
    let name = String(decoding: rest[..<end], as: UTF8.self)
    guard let scalar = Self.named[name] ?? Self.numbered(name) else { return false }
    text.append(contentsOf: String(scalar).utf8)
    rest = rest[(end + 1)...]
    return true
  }

  private static let named: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

  private static func numbered(_ name: String) -> Unicode.Scalar? {
    let digits = name.utf8.starts(with: "#x".utf8) ? name.dropFirst(2) : name.dropFirst()
    guard name.utf8.first == UInt8(ascii: "#"), digits.utf8.first.map({ $0 != UInt8(ascii: "+") }) ?? false,
      let value = UInt32(digits, radix: name.utf8.starts(with: "#x".utf8) ? 16 : 10), value >= 0x20 || value == 10
    else { return nil }
    return Unicode.Scalar(value)
  }

  private mutating func skipSpace() { rest = rest.drop(while: ASCII.isSpace) }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func skip(past text: String) -> Bool {
    while !rest.isEmpty {
      if take(text) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
