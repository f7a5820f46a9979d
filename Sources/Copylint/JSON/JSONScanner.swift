/// Validates a JSON text (RFC 8259) in one pass, without recursion and without memory of its own but a stack of open
/// brackets, so that jansson only ever sees texts of known size, depth and form, and every refusal has its true place.
package struct JSONScanner {
  /// What is wrong, where, and what to do.
  struct Failure: Error {
    var message: String
    var help: String?
    var range: Range<Int>
  }

  private let file: SourceFile
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private let limits: JSONLimits
  private var at: Int
  private var tokens = 0
  /// Offsets of the brackets that are open.
  private var open: [Int] = []

  /// Throws what keeps the text from being JSON that we accept.
  package static func validate(_ text: JSONText, limits: JSONLimits) throws(Diagnostic) {
    guard text.range.count <= limits.maxBytes else {
      throw text.diagnostic(
        "the text is larger than \(limits.maxBytes) bytes", help: "raise the limit with `--max-bytes` if it is meant",
        text.range.lowerBound..<text.range.lowerBound)
    }
    let failure = text.file.bytes.withUnsafeBufferPointer { buffer -> Failure? in
      var scanner = JSONScanner(text, buffer, limits)
      do throws(Failure) {
        try scanner.scan()
        return nil
      } catch {
        return error
      }
    }
    guard let failure else { return }
    let help = failure.help ?? ByteOrderMark.help(text)
    throw text.diagnostic(failure.message, help: help, failure.range)
  }

  private init(_ text: JSONText, _ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
    file = text.file
    self.bytes = bytes
    self.limits = limits
    at = text.range.lowerBound
    end = text.range.upperBound
  }

  // MARK: Structure

  private mutating func scan() throws(Failure) {
    try value()
    while let bracket = open.last {
      skipWhiteSpace()
      if bytes[bracket] == UInt8(ascii: "{") { try objectStep(bracket) } else { try arrayStep(bracket) }
    }
    skipWhiteSpace()
    guard at == end else {
      throw failure("trailing data after the JSON value", help: "a file holds one value; remove what follows", word())
    }
  }

  /// A value; an object or array is only opened here, its content follows step by step.
  private mutating func value() throws(Failure) {
    skipWhiteSpace()
    guard at < end else { throw truncated("a value is missing") }
    try countToken()
    switch bytes[at] {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try openBracket()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: throw unexpected("a value")
    }
  }

  private mutating func openBracket() throws(Failure) {
    guard open.count < limits.maxDepth else {
      throw failure(
        "nested deeper than \(limits.maxDepth) levels", help: "a request is an object, with objects in one array",
        at..<at + 1)
    }
    open.append(at)
    at += 1
  }

  /// One member, or the end, of the innermost object.
  private mutating func objectStep(_ bracket: Int) throws(Failure) {
    let isFirst = onlyWhiteSpace(after: bracket)
    guard try !closes(UInt8(ascii: "}"), isFirst) else { return }
    if !isFirst { try comma(before: "}") }
    guard at < end else { throw truncated("a member is missing") }
    guard bytes[at] == UInt8(ascii: "\"") else {
      throw unexpected("a member name in double quotes")
    }
    try countToken()
    try string()
    skipWhiteSpace()
    guard at < end else { throw truncated("a `:` is missing") }
    guard bytes[at] == UInt8(ascii: ":") else { throw unexpected("`:` after the member name") }
    at += 1
    try value()
  }

  private mutating func arrayStep(_ bracket: Int) throws(Failure) {
    let isFirst = onlyWhiteSpace(after: bracket)
    guard try !closes(UInt8(ascii: "]"), isFirst) else { return }
    if !isFirst { try comma(before: "]") }
    try value()
  }

  /// Takes the closing bracket if it stands here.
  private mutating func closes(_ bracket: UInt8, _ isFirst: Bool) throws(Failure) -> Bool {
    guard at < end else { throw truncated(isFirst ? "the content is missing" : "the end is missing") }
    guard bytes[at] == bracket else { return false }
    at += 1
    open.removeLast()
    return true
  }

  private mutating func comma(before bracket: String) throws(Failure) {
    guard bytes[at] == UInt8(ascii: ",") else { throw unexpected("`,` or `\(bracket)`") }
    let comma = at
    at += 1
    skipWhiteSpace()
    if at < end, bytes[at] == UInt8(ascii: "}") || bytes[at] == UInt8(ascii: "]") {
      throw failure("a comma before the closing bracket", help: "remove the comma", comma..<comma + 1)
    }
  }

  /// Whether nothing was read since the bracket: a bracket is the last byte that is no white space.
  private func onlyWhiteSpace(after bracket: Int) -> Bool {
    var index = at - 1
    while index > bracket, Self.isWhiteSpace(bytes[index]) { index -= 1 }
    return index == bracket
  }

  private mutating func countToken() throws(Failure) {
    tokens += 1
    guard tokens <= limits.maxTokens else {
      throw failure(
        "more than \(limits.maxTokens) values and names", help: "a request has at most 200 tags and a few members",
        at..<at + 1)
    }
  }

  // MARK: Scalars

  private mutating func literal(_ word: StaticString) throws(Failure) {
    let matches = word.withUTF8Buffer { expected in
      at + expected.count <= end && (0..<expected.count).allSatisfy { bytes[at + $0] == expected[$0] }
    }
    guard matches, self.word().count == word.utf8CodeUnitCount else { throw unexpected("a value") }
    at += word.utf8CodeUnitCount
  }

  private mutating func number() throws(Failure) {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let leadingZero = at < end && bytes[at] == UInt8(ascii: "0")
    let digits = digits()
    guard digits > 0, !(leadingZero && digits > 1) else { throw badNumber(start) }
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard self.digits() > 0 else { throw badNumber(start) }
    }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < end, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard self.digits() > 0 else { throw badNumber(start) }
    }
    if at < end, Self.isWordByte(bytes[at]) { throw badNumber(start) }
  }

  private mutating func digits() -> Int {
    let start = at
    while at < end, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private mutating func badNumber(_ start: Int) -> Failure {
    at = start
    let range = word()
    return failure(
      "\(quoted(range)) is not a number that JSON has",
      help: "such as `7`, `-0.5` or `2e3`; text stands in double quotes",
      range)
  }

  private mutating func string() throws(Failure) {
    let start = at
    at += 1
    while at < end {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return
      case UInt8(ascii: "\\"): try escape()
      case 0x20...0x7F: at += 1
      case 0x80...0xFF: try multiByte()
      default: throw controlCharacter(byte)
      }
    }
    throw failure(
      "the text ends within a string", help: "the string opened \(place(start)) is not closed", end..<end)
  }

  private func controlCharacter(_ byte: UInt8) -> Failure {
    switch byte {
    case 0: nulFailure
    case 0x0A, 0x0D:
      failure("a line break within a string", help: "close the string, or write the break as `\\n`", at..<at + 1)
    default: failure("a control character within a string", help: "write it as an escape such as `\\t`", at..<at + 1)
    }
  }

  private mutating func escape() throws(Failure) {
    guard at + 1 < end else { return at = end }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"): try unicodeEscape()
    default:
      let length = JSONBytes.codePointLength(bytes, at + 1, end) ?? 1
      throw failure("an escape that JSON does not have", help: "write a backslash as `\\\\`", at..<at + 1 + length)
    }
  }

  private mutating func unicodeEscape() throws(Failure) {
    let start = at
    guard let first = JSONBytes.hex4(bytes, at + 2, end) else {
      throw failure(
        "`\\u` without four hexadecimal digits", help: "such as `\\u00e9`; write a backslash as `\\\\`",
        at..<min(at + 6, end))
    }
    at += 6
    switch first {
    case 0: throw failure("an escaped NUL character", help: "no member of a request may hold NUL", start..<at)
    case 0xD800...0xDBFF:
      let isPair = at + 1 < end && bytes[at] == UInt8(ascii: "\\") && bytes[at + 1] == UInt8(ascii: "u")
      guard isPair, let second = JSONBytes.hex4(bytes, at + 2, end), (0xDC00...0xDFFF).contains(second) else {
        throw loneSurrogate(start)
      }
      at += 6
    case 0xDC00...0xDFFF: throw loneSurrogate(start)
    default: break
    }
  }

  private func loneSurrogate(_ start: Int) -> Failure {
    failure(
      "half of a surrogate pair", help: "a character beyond U+FFFF is written as two escapes", start..<start + 6)
  }

  private mutating func multiByte() throws(Failure) {
    guard let length = JSONBytes.codePointLength(bytes, at, end) else {
      throw failure("a byte that is not UTF-8", help: "save the file as UTF-8", at..<at + 1)
    }
    at += length
  }

  // MARK: Bytes

  private mutating func skipWhiteSpace() {
    while at < end, Self.isWhiteSpace(bytes[at]) { at += 1 }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "$"), 0x80...0xFF:
      true
    default: false
    }
  }

  /// The word that stands here, or the one byte.
  private func word() -> Range<Int> {
    var index = at
    while index < end, index - at < 80, Self.isWordByte(bytes[index]) { index += 1 }
    return at..<max(index, min(at + 1, end))
  }

  // MARK: Failures

  private func failure(_ message: String, help: String? = nil, _ range: Range<Int>) -> Failure {
    Failure(message: message, help: help, range: range)
  }

  private var nulFailure: Failure { failure("a NUL byte", help: "save the file as UTF-8 text", at..<at + 1) }

  private func truncated(_ message: String) -> Failure {
    guard let bracket = open.last else {
      return failure("the text is empty", help: "a request is a JSON object", end..<end)
    }
    let noun = bytes[bracket] == UInt8(ascii: "{") ? "object" : "array"
    return failure(
      "the text ends too early: \(message)", help: "the \(noun) opened \(place(bracket)) is not closed", end..<end)
  }

  private func unexpected(_ expected: String) -> Failure {
    let byte = bytes[at]
    let range = word()
    if byte == 0 { return nulFailure }
    if byte >= 0x80, JSONBytes.codePointLength(bytes, at, end) == nil {
      return failure("a byte that is not UTF-8", help: "save the file as UTF-8", at..<at + 1)
    }
    let help: String? =
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments; a pack may have `$comment` members"
      case UInt8(ascii: "'"): "JSON strings stand in double quotes"
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        open.last.map { "the \(bytes[$0] == UInt8(ascii: "{") ? "object" : "array") opened \(place($0)) is still open" }
      case UInt8(ascii: ","), UInt8(ascii: ":"): "something is missing before it"
      default: "text stands in double quotes; without them JSON has numbers, `true`, `false` and `null`"
      }
    return failure("expected \(expected), found \(quoted(range))", help: help, range)
  }

  private func quoted(_ range: Range<Int>) -> String { Escaping.quoted(ByteString(bytes[range])) }

  /// Where a byte is, within the file.
  private func place(_ offset: Int) -> String {
    let position = file.position(ofByte: offset)
    return "at line \(position.line), column \(position.column)"
  }
}
