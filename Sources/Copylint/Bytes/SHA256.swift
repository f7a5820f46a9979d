import CCrypto

/// The SHA-256 digest of bytes (FIPS 180-4), by libcrypto.
package enum SHA256Digest {
  /// 64 lowercase hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String { bytes.withUnsafeBufferPointer { hexadecimal($0) } }

  static func hexadecimal(_ bytes: Span) -> String {
    var running = RunningSHA256()
    running.add(bytes)
    return String(unsafeUninitializedCapacity: hexadecimalCount) { buffer in
      if let start = buffer.baseAddress { running.finish(hexadecimal: start) }
      return hexadecimalCount
    }
  }

  /// The 32 bytes of the digest.
  package static func bytes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var running = RunningSHA256()
    bytes.withUnsafeBufferPointer { running.add($0) }
    return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
      if let start = digest.baseAddress { running.finish(start) }
      count = Int(SHA256_DIGEST_LENGTH)
    }
  }

  /// The digits of a digest.
  static let hexadecimalCount = 64

  /// Without what the processor has for it a digest takes several times as long.
  fileprivate static let processorIsKnown: Void = ask_processor()
}

/// A digest of bytes that come piece by piece. A copy goes on from what both have seen.
struct RunningSHA256 {
  private var context = SHA256_CTX()

  init() {
    _ = SHA256Digest.processorIsKnown
    SHA256_Init(&context)
  }

  mutating func add(_ bytes: Span) { SHA256_Update(&context, bytes.baseAddress, bytes.count) }

  /// Writes the 32 bytes of the digest; nothing can be added then.
  mutating func finish(_ digest: UnsafeMutablePointer<UInt8>) { SHA256_Final(digest, &context) }

  /// Writes it as 64 lowercase hexadecimal digits.
  mutating func finish(hexadecimal digits: UnsafeMutablePointer<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) { digest in
      guard let start = digest.baseAddress else { return }
      finish(start)
      for index in digest.indices {
        digits[2 * index] = HexDigits.lowercase(digest[index] >> 4)
        digits[2 * index + 1] = HexDigits.lowercase(digest[index] & 15)
      }
    }
  }
}
