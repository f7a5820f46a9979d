import Glibc

/// Where a message ends, read from its head byte by byte, by rules stricter than a parser's (RFC 9112, 5 and 6).
///
/// This parses nothing for a handler: NIO does. It refuses every head on which two readers could disagree, among them
/// what NIO's parser mends before anyone sees it: a bare LF, a folded line, blanks around a header's name.
struct FramingRules {
  /// Without CR and LF.
  private typealias Line = UnsafeRawBufferPointer

  let limits: ServerLimits
  private var lineStart = 0
  private var scanned = 0
  private var lineCount = 0
  private var contentLength: Int?

  init(_ limits: ServerLimits) { self.limits = limits }

  /// Where the head stands after more bytes of it.
  enum Progress: Equatable {
    /// More is needed.
    case incomplete
    /// The head takes this many bytes, and this many of a body follow it.
    case complete(headBytes: Int, bodyBytes: Int)
  }

  /// Reads on in `bytes`, which begin where the message does and have grown since the last call.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(Refusal) -> Progress {
    // Who speaks TLS waits for an answer, and sends no line that would end.
    guard bytes.first != Self.handshake else { throw Refusal(.badRequest, "plain HTTP is spoken here, and no TLS") }
    while let end = Self.lineFeed(in: bytes, from: scanned) {
      guard end < limits.headBytes else { throw Self.tooLarge }
      guard end > lineStart, bytes[end - 1] == 0x0D else { throw Refusal(.badRequest, "a line ends without CR") }
      let line = Line(rebasing: bytes[lineStart..<end - 1])
      (lineStart, scanned) = (end + 1, end + 1)
      if line.isEmpty {
        guard lineCount > 0 else { throw Refusal(.badRequest, "an empty line stands before the request") }
        return .complete(headBytes: lineStart, bodyBytes: contentLength ?? 0)
      }
      try take(line)
    }
    guard bytes.count <= limits.headBytes else { throw Self.tooLarge }
    scanned = bytes.count
    return .incomplete
  }

  private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// What a TLS connection begins with (RFC 8446, 5.1).
  private static let handshake: UInt8 = 22

  private static let tooLarge = Refusal(.requestHeaderFieldsTooLarge, "the head of the request is too large")

  private mutating func take(_ line: Line) throws(Refusal) {
    // All of them, so that many are looked at together.
    guard !line.reduce(false, { $0 || $1 < 0x20 && $1 != 0x09 || $1 == 0x7F }) else {
      throw Refusal(.badRequest, "the head of the request holds a control character")
    }
    lineCount += 1
    if lineCount == 1 { return try takeRequestLine(line) }
    guard lineCount <= limits.headerCount + 1 else {
      throw Refusal(.requestHeaderFieldsTooLarge, "the request has too many headers")
    }
    try takeHeader(line)
  }

  /// `METHOD SP target SP HTTP/1.1`, one blank each.
  private func takeRequestLine(_ line: Line) throws(Refusal) {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy({ (0x41...0x5A).contains($0) }),
      parts[1].allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw Refusal(.badRequest, "the request line is malformed") }
    guard parts[2].elementsEqual("HTTP/1.1".utf8) else {
      throw Refusal(.httpVersionNotSupported, "only HTTP/1.1 is spoken here")
    }
  }

  private mutating func takeHeader(_ line: Line) throws(Refusal) {
    guard line.first != 0x20, line.first != 0x09 else { throw Refusal(.badRequest, "a header is folded") }
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    guard !name.isEmpty, name.count < line.count, name.allSatisfy(Self.isTokenByte) else {
      throw Refusal(.badRequest, "a header's name is malformed")
    }
    let value = line[name.endIndex...].dropFirst()
    if Self.isName(name, "transfer-encoding") {
      throw Refusal(.badRequest, "the header `transfer-encoding` is refused: send the body with a `content-length`")
    }
    if Self.isName(name, "content-length") { try takeLength(value) }
  }

  private mutating func takeLength(_ value: Slice<UnsafeRawBufferPointer>) throws(Refusal) {
    guard contentLength == nil else { throw Refusal(.badRequest, "the header `content-length` stands twice") }
    let digits = value.drop { $0 == 0x20 }
    guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw Refusal(.badRequest, "the header `content-length` is no number")
    }
    let length = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard length <= limits.bodyBytes else { throw Refusal(.payloadTooLarge, "the body is too large") }
    contentLength = length
  }

  private static func isName(_ name: Slice<UnsafeRawBufferPointer>, _ lowercase: StaticString) -> Bool {
    name.count == lowercase.utf8CodeUnitCount
      && lowercase.withUTF8Buffer { buffer in zip(name, buffer).allSatisfy { $0 | 0x20 == $1 | 0x20 } }
  }

  /// tchar (RFC 9110, 5.6.2) without what no header name of use has.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
