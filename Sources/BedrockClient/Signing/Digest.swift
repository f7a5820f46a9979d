import CCrypto

/// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), by libcrypto.
enum Digest {
  /// The 32 bytes of the digest.
  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var context = SHA256_CTX()
    SHA256_Init(&context)
    SHA256_Update(&context, bytes, bytes.count)
    SHA256_Final(&digest, &context)
    return digest
  }

  /// The 32 bytes of HMAC-SHA-256.
  static func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    let done = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, nil)
    precondition(done != nil, "libcrypto has no HMAC-SHA-256")
    return code
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
