/// The credentials of a role, assumed with those of another source (AWS STS API Reference, AssumeRole).
struct AssumedRoleCredentials: CredentialsSource {
  let role: RoleSettings
  let origin: any CredentialsProvider
  let sts: STSCalls

  var name: String { "role \(ShownValue(role.arn))" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    let parameters = RoleParameters(
      arn: role.arn, sessionName: role.sessionName ?? RoleParameters.defaultSessionName(sts.time),
      externalID: role.externalID, duration: role.duration)
    let credentials: AWSCredentials
    do throws(CredentialsError) {
      credentials = try await origin.credentials()
    } catch {
      // What the role is assumed with was named: that it is missing is no reason to look elsewhere.
      throw CredentialsError(
        error.reason == .notConfigured ? .invalidConfiguration : error.reason, provider: error.provider,
        message: "\(error.message) (\(name) is assumed with it)", help: error.help)
    }
    return try await sts.call(for: self) { client throws(STSError) in
      try await client.assumeRole(parameters, with: credentials)
    }
  }
}
