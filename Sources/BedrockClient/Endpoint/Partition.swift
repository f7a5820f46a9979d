/// A partition of AWS: Regions that share accounts and DNS suffixes.
public struct Partition: Sendable, Equatable {
  /// The name that ARNs hold, such as `aws-cn`.
  public let name: String
  /// The suffix of ordinary host names.
  public let dnsSuffix: String
  /// The suffix of the host names that have IPv6 addresses too.
  public let dualStackDNSSuffix: String
  /// What names of Regions begin with, before a word and a number.
  let regionPrefixes: [String]
  /// The Region that services without Regions are in, in signatures.
  let globalRegion: String
  /// Whether it has the pseudo-Region `{name}-global`.
  let hasPseudoRegion: Bool

  /// Whether a Region is in this partition: a prefix, a word and a number joined by hyphens, or the pseudo-Region.
  func contains(_ region: Region) -> Bool {
    isPseudoRegion(region)
      || regionPrefixes.contains { prefix in
        region.name.utf8.starts(with: "\(prefix)-".utf8)
          && Self.isWordAndNumber(region.name.utf8.dropFirst(prefix.utf8.count + 1))
      }
  }

  /// Whether a Region is `aws-global` or its like.
  func isPseudoRegion(_ region: Region) -> Bool { hasPseudoRegion && ASCII.same(region.name, "\(name)-global") }

  private static func isWordAndNumber(_ text: Substring.UTF8View) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && parts[1].allSatisfy(ASCII.isDigit)
  }
}

extension Partition {
  /// Every partition, as botocore 1.43.11 has them in `data/partitions.json`, in its order.
  ///
  /// A test holds this table against what the installed botocore makes of every Region; see Tests/Oracles/endpoints.
  public static let all = [
    Partition(
      name: "aws", dnsSuffix: "amazonaws.com", dualStackDNSSuffix: "api.aws",
      regionPrefixes: ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"], globalRegion: "us-east-1",
      hasPseudoRegion: true),
    Partition(
      name: "aws-cn", dnsSuffix: "amazonaws.com.cn", dualStackDNSSuffix: "api.amazonwebservices.com.cn",
      regionPrefixes: ["cn"], globalRegion: "cn-northwest-1", hasPseudoRegion: true),
    Partition(
      name: "aws-eusc", dnsSuffix: "amazonaws.eu", dualStackDNSSuffix: "api.amazonwebservices.eu",
      regionPrefixes: ["eusc-de"], globalRegion: "eusc-de-east-1", hasPseudoRegion: false),
    Partition(
      name: "aws-iso", dnsSuffix: "c2s.ic.gov", dualStackDNSSuffix: "api.aws.ic.gov", regionPrefixes: ["us-iso"],
      globalRegion: "us-iso-east-1", hasPseudoRegion: true),
    Partition(
      name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", dualStackDNSSuffix: "api.aws.scloud", regionPrefixes: ["us-isob"],
      globalRegion: "us-isob-east-1", hasPseudoRegion: true),
    Partition(
      name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk", dualStackDNSSuffix: "api.cloud-aws.adc-e.uk",
      regionPrefixes: ["eu-isoe"], globalRegion: "eu-isoe-west-1", hasPseudoRegion: true),
    Partition(
      name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov", dualStackDNSSuffix: "api.aws.hci.ic.gov",
      regionPrefixes: ["us-isof"], globalRegion: "us-isof-south-1", hasPseudoRegion: true),
    Partition(
      name: "aws-us-gov", dnsSuffix: "amazonaws.com", dualStackDNSSuffix: "api.aws", regionPrefixes: ["us-gov"],
      globalRegion: "us-gov-west-1", hasPseudoRegion: true),
  ]

  /// The partition of a Region; `aws` for a Region that none of them knows, as the SDKs have it.
  public static func of(_ region: Region) -> Partition { all.first { $0.contains(region) } ?? all[0] }
}
