import Copylint

/// What makes two submissions one copy: where it goes, and every member of the request but the token.
public struct LogicalCopy: Sendable, Hashable {
  /// The destination Region.
  public let region: String
  /// The account whose credentials submit it, 12 digits; nil where nothing asked for it.
  public let account: String?
  /// SHA-256 over the members, 64 hexadecimal digits.
  public let digest: String

  /// The copy that these values ask for.
  public init(_ values: CopyValues, region: String, account: String?) {
    self.region = region
    self.account = account
    digest = SHA256Digest.hexadecimal(Self.identity(values))
  }

  /// The copy that a log or a journal names.
  init(region: String, account: String?, digest: String) {
    (self.region, self.account, self.digest) = (region, account, digest)
  }

  /// Lengths before parts, and a mark for what is absent, so that no two requests have the same bytes.
  private static func identity(_ values: CopyValues) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ part: ByteString?) {
      guard let part else { return bytes.append(UInt8(ascii: "-")) }
      bytes += Array("\(part.count):".utf8) + part.bytes
    }
    append(values.sourceModelArn)
    append(values.targetModelName)
    append(values.modelKmsKeyId)
    guard let tags = values.targetModelTags else { return bytes + [UInt8(ascii: "-")] }
    bytes += Array("\(tags.count)".utf8) + [UInt8(ascii: "*")]
    for tag in tags {
      append(tag.key)
      append(tag.value)
    }
    return bytes
  }
}
