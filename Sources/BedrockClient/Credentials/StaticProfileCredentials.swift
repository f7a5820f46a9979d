/// The keys that stand in a profile of one of the shared files.
struct StaticProfileCredentials: CredentialsSource {
  let profileName: String
  /// The section with the keys; nil where the file has no such profile.
  let section: ConfigurationSection?

  var name: String { "profile \(ShownValue(profileName))" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    let keyID = section?.nonEmpty("aws_access_key_id")
    let secret = section?.nonEmpty("aws_secret_access_key")
    guard let keyID, let secret else { throw incomplete(keyID: keyID, secret: secret) }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret,
      sessionToken: section?.nonEmpty("aws_session_token") ?? section?.nonEmpty("aws_security_token"),
      accountID: section?.nonEmpty("aws_account_id"))
  }

  private func incomplete(keyID: String?, secret: String?) -> CredentialsError {
    if keyID == nil && secret == nil { return notConfigured }
    let missing = keyID == nil ? "aws_access_key_id" : "aws_secret_access_key"
    return failure(.invalidConfiguration, "the profile lacks `\(missing)`", help: "both keys must stand in one file")
  }
}
