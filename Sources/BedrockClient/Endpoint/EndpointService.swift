/// The services that the client and its credentials providers call.
public enum EndpointService: String, CaseIterable, Sendable {
  /// Amazon Bedrock's control plane.
  case bedrock
  /// The Security Token Service.
  case sts
  /// The portal of IAM Identity Center.
  case sso
  /// The OpenID Connect service of IAM Identity Center.
  case ssoOIDC

  /// What host names begin with.
  var hostPrefix: String {
    switch self {
    case .bedrock: "bedrock"
    case .sts: "sts"
    case .sso: "portal.sso"
    case .ssoOIDC: "oidc"
    }
  }

  /// The service in `AWS_ENDPOINT_URL_{SERVICE}` and, in lower case, in a `services` section: its id in snake case.
  var settingName: String {
    switch self {
    case .ssoOIDC: "sso_oidc"
    default: rawValue
    }
  }

  /// Whether its endpoints in AWS GovCloud are FIPS endpoints under their ordinary names.
  var hasOrdinaryNameForGovCloudFIPS: Bool { self != .bedrock }

  /// The name of the service in signatures; the other two take a token instead.
  public var signingName: String { rawValue }
}
