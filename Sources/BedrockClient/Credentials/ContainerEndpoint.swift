/// Where a container's credentials are: `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` at the address of Amazon ECS, or else
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
///
/// A full URI may lead anywhere over TLS. In the clear, only to this machine and to the addresses of Amazon ECS and EKS:
/// the authorization token travels with the request.
struct ContainerEndpoint: Sendable, Equatable {
  let url: EndpointURL

  /// The endpoint, or nil where neither variable is set. Throws ``ConfigurationError`` for one that is not allowed.
  static func find(_ environment: ProcessEnvironment) throws(ConfigurationError) -> ContainerEndpoint? {
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] { return try relative(path) }
    guard let text = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
    guard let url = EndpointURL(text) else {
      throw ConfigurationError("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL: \(ShownValue.url(text))")
    }
    guard url.scheme == .https || isAllowedInTheClear(url.host) else {
      throw ConfigurationError(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to \(ShownValue(url.host)) in the clear",
        help: "use https, this machine, or one of \(addresses.joined(separator: ", "))")
    }
    return ContainerEndpoint(url: url)
  }

  private static let addresses = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"]

  private static func relative(_ path: String) throws(ConfigurationError) -> ContainerEndpoint {
    // Without a slash it could name another host: `@example.com/`.
    guard path.utf8.first == UInt8(ascii: "/"), let url = EndpointURL("http://\(addresses[0])\(path)"),
      ASCII.same(url.host, addresses[0]), url.port == nil
    else {
      throw ConfigurationError(
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path from `/`: \(ShownValue.url(path))")
    }
    return ContainerEndpoint(url: url)
  }

  private static func isAllowedInTheClear(_ host: String) -> Bool {
    ASCII.same(ASCII.lowercase(host), "localhost") || IPAddress(host)?.isLoopback == true
      || addresses.contains { IPAddress.same($0, host) }
  }
}
