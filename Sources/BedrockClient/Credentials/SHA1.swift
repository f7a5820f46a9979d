import CCrypto

extension Digest {
  /// The 20 bytes of SHA-1 (FIPS 180-4): the name of a cache file, never a matter of security.
  static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
    var context = SHA_CTX()
    SHA1_Init(&context)
    SHA1_Update(&context, bytes, bytes.count)
    SHA1_Final(&digest, &context)
    return digest
  }
}
