import CCrypto

/// The SHA-256 digest of bytes (FIPS 180-4), by libcrypto.
package enum SHA256Digest {
  /// 64 lowercase hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    var running = RunningSHA256()
    bytes.withUnsafeBufferPointer { running.add($0) }
    return String(unsafeUninitializedCapacity: hexadecimalCount) { buffer in
      if let start = buffer.baseAddress { running.finish(hexadecimal: start) }
      return hexadecimalCount
    }
  }

  /// The 32 bytes of the digest.
  package static func bytes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
      _ = processorIsKnown
      bytes.withUnsafeBufferPointer { _ = SHA256($0.baseAddress, $0.count, digest.baseAddress) }
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

  /// Writes 64 lowercase hexadecimal digits; nothing can be added then.
  mutating func finish(hexadecimal digits: UnsafeMutablePointer<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) { digest in
      SHA256_Final(digest.baseAddress, &context)
      for index in digest.indices {
        digits[2 * index] = HexDigits.lowercase(digest[index] >> 4)
        digits[2 * index + 1] = HexDigits.lowercase(digest[index] & 15)
      }
    }
  }
}
