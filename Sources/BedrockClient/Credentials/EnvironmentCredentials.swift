/// Credentials in environment variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, and botocore's
/// `AWS_SECURITY_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` and `AWS_ACCOUNT_ID`. Blank ones are absent.
struct EnvironmentCredentials: CredentialsSource {
  let environment: ProcessEnvironment

  var name: String { "environment" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    guard let keyID = environment.nonBlank("AWS_ACCESS_KEY_ID") else { throw notConfigured }
    guard let secret = environment.nonBlank("AWS_SECRET_ACCESS_KEY") else {
      throw failure(
        .invalidConfiguration, "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not",
        help: "set both, or neither")
    }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret,
      sessionToken: environment.nonBlank("AWS_SESSION_TOKEN") ?? environment.nonBlank("AWS_SECURITY_TOKEN"),
      expiration: try Timestamp.expiration(environment.nonBlank("AWS_CREDENTIAL_EXPIRATION"), of: self),
      accountID: environment.nonBlank("AWS_ACCOUNT_ID"))
  }
}
