import Copylint

/// Whom a job belongs to.
public struct JobOwner: Hashable, Sendable {
  /// 12 digits.
  public let account: ByteString
  /// The Region whose endpoint took the request.
  public let region: ByteString

  /// The partition of the Region.
  var partition: ByteString {
    if region.starts(with: "cn-") { return "aws-cn" }
    return region.starts(with: "us-gov-") ? "aws-us-gov" : "aws"
  }

  /// `arn:partition:service:region:account:resource`
  func arn(_ service: ByteString, _ resource: ByteString) -> ByteString {
    let parts: [ByteString] = ["arn", partition, service, region, account, resource]
    return ByteString(parts.map(\.bytes).joined(separator: [UInt8(ascii: ":")]))
  }
}
