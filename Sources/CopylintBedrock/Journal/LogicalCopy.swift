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
    digest = Self.digest(values)
  }

  /// The copy that a log or a journal names.
  init(region: String, account: String?, digest: String) {
    (self.region, self.account, self.digest) = (region, account, digest)
  }

  /// No two requests have the same: what is absent has a mark.
  private static func digest(_ values: CopyValues) -> String {
    var parts = DelimitedParts()
    parts.append(values.sourceModelArn)
    parts.append(values.targetModelName)
    parts.append(optional: values.modelKmsKeyId)
    guard let tags = values.targetModelTags else {
      parts.append(mark: "-")
      return parts.sha256
    }
    parts.append(number: tags.count)
    parts.append(mark: "*")
    for tag in tags {
      parts.append(tag.key)
      parts.append(tag.value)
    }
    return parts.sha256
  }
}

extension DelimitedParts {
  fileprivate mutating func append(optional part: ByteString?) {
    if let part { append(part) } else { append(mark: "-") }
  }
}
