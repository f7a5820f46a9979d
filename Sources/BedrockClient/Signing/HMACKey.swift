import CCrypto

/// A key of HMAC-SHA-256 (RFC 2104) that signs many messages.
///
/// Both digests have taken in their block of the key, so that a message costs what it has of its own. libcrypto's `HMAC`
/// looks up the algorithm and takes the key in anew for every message, which took longer than all digests of a request.
struct HMACKey: Sendable {
  private var inner = SHA256_CTX()
  private var outer = SHA256_CTX()

  init(_ key: [UInt8]) {
    let short = key.count > Self.blockBytes ? Digest.sha256(key) : key
    let block = short + [UInt8](repeating: 0, count: Self.blockBytes - short.count)
    Self.begin(&inner, block.map { $0 ^ 0x36 })
    Self.begin(&outer, block.map { $0 ^ 0x5C })
  }

  /// The 32 bytes of the code.
  func code(_ message: [UInt8]) -> [UInt8] { Digest.finish(outer, Digest.finish(inner, message)) }

  private static func begin(_ context: inout SHA256_CTX, _ block: [UInt8]) {
    SHA256_Init(&context)
    SHA256_Update(&context, block, block.count)
  }

  /// What SHA-256 works on at one time (FIPS 180-4, 1).
  private static let blockBytes = Int(SHA256_CBLOCK)
}
