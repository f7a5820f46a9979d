import Copylint

/// What a line of the log is, by itself.
enum LogLine {
  /// A whole line, and where its chain has it.
  case record(ChainPlace, LogDigest)
  /// The beginning of a line: what a crash leaves. Nothing was confirmed about it.
  case half(ChainPlace?)
  /// What the log does not write: why.
  case foreign(String)

  /// Classifies a line without its line feed.
  init(_ bytes: [UInt8]) {
    let place = ChainPlace(bytes)
    let text = JSONText(SourceFile(path: "", bytes: bytes))
    let limits = JSONLimits(maxBytes: LogLineReader.maxLineBytes, maxTokens: LogLineReader.maxLineBytes)
    do throws(Diagnostic) {
      try JSONScanner.validate(text, limits: limits)
      guard let place else {
        self = .foreign("it does not begin with `chain`, `n` and `previous`")
        return
      }
      self = .record(place, LogDigest(of: bytes))
    } catch {
      self = Self.isHalf(bytes, place) ? .half(place) : .foreign(error.message)
    }
  }

  /// Whether it begins as a line does, and ends before its outermost bracket is closed. A machine that stops may leave
  /// NUL bytes where the rest was to be.
  private static func isHalf(_ bytes: [UInt8], _ place: ChainPlace?) -> Bool {
    let zeros = bytes.reversed().prefix { $0 == 0 }.count
    let text = bytes.dropLast(zeros)
    guard place != nil || ChainPlace.mayBegin(text) else { return false }
    var (depth, isInString, isEscaped) = (0, false, false)
    for (index, byte) in text.enumerated() {
      if byte < 0x20 || index > 0 && depth == 0 { return false }
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = isInString
      case UInt8(ascii: "\""): isInString.toggle()
      case _ where isInString: break
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return depth > 0 || text.isEmpty && zeros > 0
  }
}

/// Where a line says that it stands: the first three members, exactly as they are written.
struct ChainPlace {
  var chain: String
  /// From 1.
  var number: Int
  /// The digest of the line before it.
  var previous: LogDigest

  private static let opening = Array("{\"chain\":\"".utf8)

  /// Nil where a line begins otherwise.
  init?(_ line: [UInt8]) {
    var rest = line[...]
    guard Self.take(Self.opening, &rest), let chain = Self.take(upTo: UInt8(ascii: "\""), 64, &rest),
      ChainHead.isChain(chain), Self.take(Array("\",\"n\":".utf8), &rest),
      let number = Self.take(upTo: UInt8(ascii: ","), 18, &rest).flatMap({ ChainHead.count($0) }),
      Self.take(Array(",\"previous\":\"".utf8), &rest),
      let previous = Self.take(upTo: UInt8(ascii: "\""), 64, &rest).flatMap({ LogDigest(hexadecimal: $0) }),
      Self.take(Array("\",\"".utf8), &rest)
    else { return nil }
    self.chain = String(decoding: chain, as: UTF8.self)
    self.number = number
    self.previous = previous
  }

  /// Whether bytes too few to tell may be the beginning of a line.
  static func mayBegin(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count < 200 && zip(bytes, opening).allSatisfy { $0 == $1 }
  }

  private static func take(_ expected: [UInt8], _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: expected) else { return false }
    rest = rest.dropFirst(expected.count)
    return true
  }

  private static func take(
    upTo end: UInt8, _ limit: Int, _ rest: inout ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    guard let index = rest.prefix(limit + 1).firstIndex(of: end) else { return nil }
    defer { rest = rest[index...] }
    return rest[..<index]
  }
}
