/// The role that a profile gets from IAM Identity Center, and the session whose token asks for it.
struct SSOSettings: Sendable, Equatable {
  let startURL: String
  let region: Region
  let roleName: String
  let accountID: String
  /// The `sso-session` section; nil where everything stands in the profile.
  let sessionName: String?

  /// The settings of a profile, or nil where it names neither account nor role. Throws ``ConfigurationError`` where
  /// it names some of what is needed and not the rest.
  static func find(
    _ profile: ConfigurationSection?, _ shared: SharedConfiguration
  ) throws(ConfigurationError) -> SSOSettings? {
    guard let profile, profile["sso_account_id"] != nil || profile["sso_role_name"] != nil else { return nil }
    return try SSOSettings(profile, shared)
  }

  private init(_ profile: ConfigurationSection, _ shared: SharedConfiguration) throws(ConfigurationError) {
    sessionName = profile.nonEmpty("sso_session")
    let session = try sessionName.map { name throws(ConfigurationError) in try Self.session(name, shared) }
    let reader = PropertyReader(profile: profile, session: session)
    accountID = try reader.required("sso_account_id")
    roleName = try reader.required("sso_role_name")
    startURL = try reader.required("sso_start_url")
    region = try Region(try reader.required("sso_region"))
  }

  private static func session(
    _ name: String, _ shared: SharedConfiguration
  ) throws(ConfigurationError) -> ConfigurationSection {
    guard let session = shared.ssoSession(name) else {
      throw ConfigurationError(
        "the sso-session \(ShownValue(name)) is not in the shared config file", help: "run `aws configure sso`")
    }
    return session
  }

  /// Reads properties that may stand in the profile, its session, or, with one value, in both.
  private struct PropertyReader {
    let profile: ConfigurationSection
    let session: ConfigurationSection?

    func required(_ property: String) throws(ConfigurationError) -> String {
      let ours = profile.nonEmpty(property)
      let theirs = session?.nonEmpty(property)
      if let ours, let theirs, !ASCII.same(ours, theirs) {
        throw ConfigurationError(
          "the profile \(ShownValue(profile.name)) and its sso-session differ in `\(property)`",
          help: "keep one of them")
      }
      guard let value = ours ?? theirs else {
        throw ConfigurationError(
          "the profile \(ShownValue(profile.name)) lacks `\(property)`", help: "run `aws configure sso`")
      }
      return value
    }
  }
}
