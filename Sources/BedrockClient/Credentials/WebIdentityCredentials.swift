/// The credentials of a role, assumed with a token of an identity provider, as Amazon EKS and CI services give them
/// (AWS STS API Reference, AssumeRoleWithWebIdentity).
struct WebIdentityCredentials: CredentialsSource {
  let environment: ProcessEnvironment
  let section: ConfigurationSection?
  let files: any LocalFiles
  let sts: STSCalls

  var name: String { "web identity" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    guard let path = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { throw notConfigured }
    guard let arn = setting("AWS_ROLE_ARN", "role_arn") else {
      throw failure(
        .invalidConfiguration, "there is a web identity token file, but no role",
        help: "set AWS_ROLE_ARN, or `role_arn` in the profile")
    }
    let name = setting("AWS_ROLE_SESSION_NAME", "role_session_name")
    let role = RoleParameters(arn: arn, sessionName: name ?? RoleParameters.defaultSessionName(sts.time))
    let token = try TokenFile(path: path, files: files).read(for: self)
    return try await sts.call(for: self) { client throws(STSError) in
      try await client.assumeRole(role, webIdentityToken: token)
    }
  }

  private func setting(_ variable: String, _ property: String) -> String? {
    environment[variable] ?? section?.nonEmpty(property)
  }
}
