/// The little of RE2's syntax that must be known to put a literal text into a pattern.
enum PatternSyntax {
  /// The text with everything escaped that RE2 could take for more than itself (as RE2::QuoteMeta does).
  static func quoted(_ text: ByteString) -> ByteString {
    ByteString(
      text.bytes.flatMap { byte -> [UInt8] in
        switch byte {
        case 0: Array("\\x00".utf8)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...0xFF:
          [byte]
        default: [UInt8(ascii: "\\"), byte]
        }
      })
  }

  /// Throws where a placeholder stands in a character class or within `\Q…\E`: it would not be matched literally there.
  static func checkPlaceholders(in source: ByteString) throws(MatcherError) {
    let bytes = source.bytes
    var at = 0
    var classStart: Int?
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"):
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "Q"), classStart == nil {
          at = try endOfQuote(bytes, at)
          continue
        }
        at += 1
      case UInt8(ascii: "["):
        if classStart == nil { classStart = at }
      case UInt8(ascii: "]"):
        // A bracket that comes first in a class stands for itself.
        let isFirst = classStart.map { at == $0 + 1 || (at == $0 + 2 && bytes[$0 + 1] == UInt8(ascii: "^")) } ?? false
        if !isFirst { classStart = nil }
      case UInt8(ascii: "$") where isPlaceholder(bytes, at) && classStart != nil:
        throw refusal(at..<bytes.count, "a character class")
      default: break
      }
      at += 1
    }
  }

  private static func endOfQuote(_ bytes: [UInt8], _ start: Int) throws(MatcherError) -> Int {
    var at = start + 2
    while at < bytes.count, !bytes[at...].starts(with: Array("\\E".utf8)) {
      if bytes[at] == UInt8(ascii: "$"), isPlaceholder(bytes, at) { throw refusal(at..<bytes.count, "`\\Q…\\E`") }
      at += 1
    }
    return min(at + 2, bytes.count)
  }

  private static func isPlaceholder(_ bytes: [UInt8], _ at: Int) -> Bool {
    let isDoubled = at > 0 && bytes[at - 1] == UInt8(ascii: "$")
    return !isDoubled && bytes[at...].starts(with: Array("${".utf8))
  }

  private static func refusal(_ range: Range<Int>, _ place: String) -> MatcherError {
    MatcherError(
      message: "a placeholder within \(place)", help: "it is matched as a whole, literally; put it outside",
      byteRange: range)
  }
}
