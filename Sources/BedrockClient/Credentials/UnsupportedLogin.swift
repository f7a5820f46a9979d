/// Stands behind the other sources of a profile, and stops where the profile has what only other tools can use: going
/// on to the next source would use credentials that nobody asked for.
struct UnsupportedLogin: CredentialsSource {
  let profileName: String
  let section: ConfigurationSection?

  var name: String { "profile \(ShownValue(profileName))" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    if section?.nonEmpty("login_session") != nil {
      throw failure(
        .invalidConfiguration, "the profile has a `login_session`, which is not read here",
        help: "get credentials with `aws configure export-credentials`, and pass them by the environment")
    }
    if section?.nonEmpty("sso_session") != nil || section?.nonEmpty("sso_start_url") != nil {
      throw failure(
        .invalidConfiguration, "the profile has a session of IAM Identity Center, but no account and role",
        help: "add `sso_account_id` and `sso_role_name`")
    }
    throw notConfigured
  }
}
