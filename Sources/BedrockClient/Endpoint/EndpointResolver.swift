/// Decides where a service is, as the endpoint rule sets of botocore 1.43.11 do for the services of ``EndpointService``.
public struct EndpointResolver: Sendable {
  /// Whether FIPS endpoints are wanted.
  public var usesFIPS: Bool
  /// Whether endpoints with IPv6 addresses are wanted.
  public var usesDualStack: Bool

  /// A resolver for these variants.
  public init(usesFIPS: Bool = false, usesDualStack: Bool = false) {
    self.usesFIPS = usesFIPS
    self.usesDualStack = usesDualStack
  }

  /// The endpoint of a service in a Region, or at `customURL`, which must be the text of an `http` or `https` URL.
  ///
  /// Throws ``ConfigurationError`` for a custom URL together with FIPS or dual-stack, with the SDKs' words, and for a
  /// custom URL that is none.
  public func endpoint(
    _ service: EndpointService, in region: Region, customURL: String? = nil
  ) throws(ConfigurationError) -> Endpoint {
    let (region, isFIPSRegion) = try Self.withoutFIPS(region)
    let partition = Partition.of(region)
    let signingRegion = try Self.signingRegion(region, partition)
    if let customURL {
      return Endpoint(try customEndpoint(customURL, isFIPS: usesFIPS || isFIPSRegion), signingRegion: signingRegion)
    }
    let host = host(service, region, partition, isFIPS: usesFIPS || isFIPSRegion)
    return Endpoint(EndpointURL(host: host), signingRegion: signingRegion)
  }

  private func customEndpoint(_ text: String, isFIPS: Bool) throws(ConfigurationError) -> EndpointURL {
    let help = "unset either the endpoint url or the setting"
    if isFIPS {
      throw ConfigurationError("Invalid Configuration: FIPS and custom endpoint are not supported", help: help)
    }
    if usesDualStack {
      throw ConfigurationError("Invalid Configuration: Dualstack and custom endpoint are not supported", help: help)
    }
    guard let url = EndpointURL(text), url.query.isEmpty else {
      throw ConfigurationError(
        "the endpoint url \(ShownValue.url(text)) is not usable",
        help: "use `https://host`, with a port or a path if need be, and nothing else")
    }
    return url
  }

  private func host(_ service: EndpointService, _ region: Region, _ partition: Partition, isFIPS: Bool) -> String {
    if isFIPS && !usesDualStack && service.hasOrdinaryNameForGovCloudFIPS && ASCII.same(partition.name, "aws-us-gov") {
      return "\(service.hostPrefix).\(region).\(partition.dnsSuffix)"
    }
    if service == .sts && !isFIPS && !usesDualStack && ASCII.same(region.name, "aws-global") {
      return "sts.amazonaws.com"
    }
    let suffix = usesDualStack ? partition.dualStackDNSSuffix : partition.dnsSuffix
    return "\(service.hostPrefix)\(isFIPS ? "-fips" : "").\(region).\(suffix)"
  }

  /// The Region that requests for one of this name are signed for.
  static func signingRegion(of region: Region) throws(ConfigurationError) -> Region {
    let (region, _) = try withoutFIPS(region)
    return try signingRegion(region, Partition.of(region))
  }

  /// The Region behind `fips-{region}` or `{region}-fips`, and whether it was one of those.
  private static func withoutFIPS(_ region: Region) throws(ConfigurationError) -> (Region, Bool) {
    let name = Substring(region.name).utf8
    if name.starts(with: "fips-".utf8) { return (try Region(String(Substring(name.dropFirst(5)))), true) }
    if name.suffix(5).elementsEqual("-fips".utf8) { return (try Region(String(Substring(name.dropLast(5)))), true) }
    return (region, false)
  }

  private static func signingRegion(_ region: Region, _ partition: Partition) throws(ConfigurationError) -> Region {
    partition.isPseudoRegion(region) ? try Region(partition.globalRegion) : region
  }
}

extension EndpointURL {
  fileprivate init(host: String) {
    scheme = .https
    self.host = host
    port = nil
    basePath = ""
    path = "/"
    query = ""
  }
}
