/// How requests show who sends them.
public enum Authentication: Sendable {
  /// Signed with credentials.
  case sigV4(any CredentialsProvider)
  /// With a bearer token, as it stands.
  case bearer(BearerToken)

  /// What botocore chooses for Bedrock: the bearer token of `AWS_BEARER_TOKEN_BEDROCK` where that is set and not empty,
  /// before any credentials.
  public static func bedrock(bearerToken: String?, credentials: any CredentialsProvider) -> Authentication {
    guard let bearerToken, !bearerToken.isEmpty else { return .sigV4(credentials) }
    return .bearer(BearerToken(bearerToken))
  }
}
