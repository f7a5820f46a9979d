import Testing

@testable import BedrockClient

/// The test cases of RFC 4231 for HMAC-SHA-256, but the one whose code is cut short.
struct HMACKeyTests {
  struct Case: Sendable {
    let key: [UInt8]
    let message: [UInt8]
    let code: String
  }

  private static let longKey = [UInt8](repeating: 0xAA, count: 131)

  static let cases = [
    Case(
      key: [UInt8](repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
      code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Case(
      key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Case(
      key: [UInt8](repeating: 0xAA, count: 20), message: [UInt8](repeating: 0xDD, count: 50),
      code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Case(
      key: Array(1...25), message: [UInt8](repeating: 0xCD, count: 50),
      code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    Case(
      key: longKey, message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    Case(
      key: longKey,
      message: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed "
          + "before being used by the HMAC algorithm.").utf8),
      code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  @Test(arguments: cases)
  func code(of each: Case) {
    let key = HMACKey(each.key)
    #expect(Digest.hexadecimal(key.code(each.message)) == each.code)
  }

  @Test func aKeySignsAgainAndAgain() {
    let first = Self.cases[0]
    let key = HMACKey(first.key)
    _ = key.code(Array("something else".utf8))
    #expect(Digest.hexadecimal(key.code(first.message)) == first.code)
  }

  /// As long as a block, and a byte more: which is digested first.
  @Test func keysAboutABlockLong() {
    let block = [UInt8](repeating: 7, count: 64)
    let message = Array("message".utf8)
    #expect(HMACKey(block + [7]).code(message) == HMACKey(Digest.sha256(block + [7])).code(message))
    #expect(HMACKey(block).code(message) != HMACKey(Digest.sha256(block)).code(message))
  }
}
