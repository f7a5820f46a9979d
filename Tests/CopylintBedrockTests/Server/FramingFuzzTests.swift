import Testing

@testable import CopylintBedrock

/// Messages that were damaged at random.
@Suite struct FramingFuzzTests {
  private static let seeds = [
    "POST /model-copy-jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nX-Amz-Date: 20261124T000000Z\r\n\r\n{}",
    "GET /?Action=GetCallerIdentity HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n",
  ]
  private static let splinters = [
    "\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", ":", "\0", "1", "Content-Length: 1\r\n", "é",
  ]

  /// The grammar of RFC 9112 as far as it is let through, in another form than the reader's: with lengths apart.
  private static func isPlain(_ head: String) -> Bool {
    let grammar = /[A-Z]+ [!-~]+ HTTP\/1\.1\r\n(?:[A-Za-z0-9_.\-]+:[\t\u{20}-\u{7E}\u{80}-\u{10FFFF}]*\r\n)*\r\n/
      .matchingSemantics(.unicodeScalar)
    let lengths = head.matches(of: /\r\n(?i:content-length): *([0-9]+)\r\n/.matchingSemantics(.unicodeScalar))
    let named = head.matches(of: /\r\n(?i:content-length):/.matchingSemantics(.unicodeScalar))
    return head.wholeMatch(of: grammar) != nil && named.count <= 1 && lengths.count == named.count
      && !head.contains(/\r\n(?i:transfer-encoding):/.matchingSemantics(.unicodeScalar))
  }

  private static func damaged(_ text: String, _ generator: inout SplitMix64) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(contentsOf: splinters.randomElement(using: &generator)?.utf8 ?? "".utf8, at: place)
      default: bytes.replaceSubrange(place...place, with: splinters.randomElement(using: &generator)?.utf8 ?? "".utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func nothingPassesThatTwoReadersCouldReadDifferently() {
    var generator = SplitMix64(seed: 1)
    var passed = 0
    for number in 0..<4000 {
      let text = Self.damaged(Self.seeds[number % Self.seeds.count], &generator)
      let whole = FramingRulesTests.read(text, step: .max)
      #expect(FramingRulesTests.read(text, step: 1) == whole, "\(text.debugDescription)")
      guard case .success(.complete(let headBytes, _)) = whole else { continue }
      passed += 1
      #expect(Self.isPlain(String(decoding: text.utf8.prefix(headBytes), as: UTF8.self)), "\(text.debugDescription)")
    }
    #expect(passed > 100 && passed < 3900)
  }
}
