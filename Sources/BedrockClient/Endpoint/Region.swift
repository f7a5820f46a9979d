/// The name of a Region that may stand in a host name.
///
/// A name that is no host label is refused: pasted into `https://bedrock.{region}.amazonaws.com` it could lead the
/// request, signature and all, to another host.
public struct Region: Sendable, Hashable, CustomStringConvertible {
  /// The name, such as `eu-west-1`.
  public let name: String

  /// The Region of that name. Throws ``ConfigurationError`` where the name is no host label: 1 to 63 of `A-Z a-z 0-9 -`,
  /// no hyphen at either end, not digits alone (the rule of botocore).
  public init(_ name: String) throws(ConfigurationError) {
    guard Region.isHostLabel(name) else {
      throw ConfigurationError(
        "the Region \(ShownValue(name)) is not a valid host label", help: "use a name such as `eu-west-1`")
    }
    self.name = name
  }

  /// The Region whose own name that is. Throws ``ConfigurationError`` for another name of one, such as `us-east-1-fips` or
  /// `aws-global`: what is judged by it would go to the Region behind it; and for what has not the form of a Region's name,
  /// such as `s3`: `bedrock.s3.amazonaws.com` is not Bedrock.
  public init(own name: String) throws(ConfigurationError) {
    try self.init(name)
    let meant = try EndpointResolver.signingRegion(of: self)
    guard meant == self else {
      throw ConfigurationError(
        "the Region \(ShownValue(name)) is another name of `\(meant)`",
        help: "name `\(meant)`; AWS_USE_FIPS_ENDPOINT=true has SDKs use FIPS endpoints")
    }
    guard Region.hasForm(name) else {
      throw ConfigurationError("\(ShownValue(name)) is no name of a Region", help: "use one such as `eu-west-1`")
    }
  }

  /// Whether a name is words and a number, joined by hyphens: of all that partitions have, and will have.
  private static func hasForm(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.count >= 3 && parts.allSatisfy { !$0.isEmpty } && parts[parts.count - 1].allSatisfy(ASCII.isDigit)
      && parts.dropLast().allSatisfy { $0.allSatisfy(ASCII.isLetter) }
  }

  /// The name.
  public var description: String { name }

  /// Whether a text is one label of a host name.
  static func isHostLabel(_ text: String) -> Bool {
    let bytes = text.utf8
    let hyphen = UInt8(ascii: "-")
    guard (1...63).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
    return bytes.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == hyphen }
      && !bytes.allSatisfy(ASCII.isDigit)
  }
}
