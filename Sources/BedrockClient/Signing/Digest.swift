import CCrypto

/// SHA-256 (FIPS 180-4), by libcrypto.
enum Digest {
  /// The 32 bytes of the digest.
  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var context = SHA256_CTX()
    SHA256_Init(&context)
    return finish(context, bytes)
  }

  /// The same where bytes were taken in before.
  static func finish(_ begun: SHA256_CTX, _ bytes: [UInt8]) -> [UInt8] {
    var context = begun
    SHA256_Update(&context, bytes, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
      SHA256_Final(digest.baseAddress, &context)
      count = Int(SHA256_DIGEST_LENGTH)
    }
  }

  /// Lowercase hexadecimal digits.
  static func hexadecimal(_ bytes: [UInt8]) -> String { String(decoding: hexadecimalBytes(bytes), as: UTF8.self) }

  /// The same as ASCII.
  static func hexadecimalBytes(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { buffer, count in
      for byte in bytes {
        buffer.initializeElement(at: count, to: digit(byte >> 4))
        buffer.initializeElement(at: count + 1, to: digit(byte & 15))
        count += 2
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

  /// Whether the bytes are the same, in a time that depends on their number alone.
  static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
