import Testing

@testable import CopylintBedrock

@Suite struct FramingRulesTests {
  static let accepted: [(String, Int)] = [
    ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0),
    ("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n", 12),
    ("POST /x HTTP/1.1\r\nHost: a\r\ncontent-length:0\r\n\r\n", 0),
    ("POST /x HTTP/1.1\r\nHost: a\r\nX-Content-Length: 9\r\n\r\n", 0),
    ("GET / HTTP/1.1\r\nHost: \u{E4}\ttab\r\n\r\n", 0),
  ]

  static let refused: [(String, UInt)] = [
    ("GET / HTTP/1.1\nHost: a\n\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHo\u{0}st: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n", 400),
    ("GET  / HTTP/1.1\r\n\r\n", 400),
    ("GET /a b HTTP/1.1\r\n\r\n", 400),
    ("get / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1 \r\n\r\n", 400),
    ("GET /\u{E4} HTTP/1.1\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}", 400),
    ("GET / HTTP/1.0\r\n\r\n", 505),
    ("PRI * HTTP/2.0\r\n\r\n", 505),
    ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 1\r\ncONTENT-lENGTH: 2\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 0x10\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 1 \r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length:\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\ntransfer-encoding: identity\r\n\r\n", 400),
  ]

  /// The outcome for the whole text at once, or byte by byte.
  static func read(_ text: String, step: Int) -> Result<FramingRules.Progress, Refusal> {
    let bytes = Array(text.utf8)
    var rules = FramingRules(ServerLimits())
    var end = 0
    while end < bytes.count {
      end += min(step, bytes.count - end)
      let result = bytes[..<end].withUnsafeBytes { buffer in
        Result { () throws(Refusal) in try rules.read(buffer) }
      }
      guard case .success(.incomplete) = result else { return result }
    }
    return .success(.incomplete)
  }

  @Test(arguments: accepted, [1, 7, 1000])
  func takesWhatIsPlain(_ example: (text: String, bodyBytes: Int), step: Int) throws {
    let progress = try Self.read(example.text, step: step).get()
    #expect(progress == .complete(headBytes: example.text.utf8.count, bodyBytes: example.bodyBytes))
  }

  @Test(arguments: refused, [1, 7, 1000])
  func refusesWhatIsAmbiguous(_ example: (text: String, status: UInt), step: Int) {
    guard case .failure(let refusal) = Self.read(example.text, step: step) else {
      Issue.record("taken: \(example.text.debugDescription)")
      return
    }
    #expect(refusal.status.code == example.status, "\(refusal.reason)")
  }

  @Test func boundsTheHead() {
    let many = (0..<65).map { "X-\($0): a\r\n" }.joined()
    for text in ["GET / HTTP/1.1\r\n\(many)\r\n", "GET /" + String(repeating: "a", count: 20_000)] {
      guard case .failure(let refusal) = Self.read(text, step: 4096) else {
        Issue.record("taken")
        continue
      }
      #expect(refusal.status.code == 431)
    }
  }
}
