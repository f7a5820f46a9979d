/// The role that a profile names, and how it is assumed.
struct RoleSettings: Sendable {
  /// Where the credentials come from that the role is assumed with.
  enum Origin: Sendable, Equatable {
    case profile(String)
    case named(NamedSource)
  }

  /// The values of `credential_source`.
  enum NamedSource: String, CaseIterable, Sendable {
    case environment = "Environment"
    case container = "EcsContainer"
    case instanceMetadata = "Ec2InstanceMetadata"
  }

  let arn: String
  let sessionName: String?
  let externalID: String?
  let duration: Int?
  let origin: Origin

  /// Whether a profile names a role that is assumed with other credentials, not with a web identity.
  static func isNamed(in section: ConfigurationSection) -> Bool {
    section["role_arn"] != nil && section["web_identity_token_file"] == nil
  }

  /// The role of a profile. Throws ``ConfigurationError``.
  init(_ section: ConfigurationSection) throws(ConfigurationError) {
    let profile = "the profile \(ShownValue(section.name))"
    guard let arn = section.nonEmpty("role_arn") else { throw ConfigurationError("\(profile) has an empty `role_arn`") }
    guard section["mfa_serial"] == nil else {
      throw ConfigurationError(
        "\(profile) needs a code of a multi-factor device, which is not asked for",
        help: "get a session with `aws configure export-credentials --profile …`, and pass it by the environment")
    }
    self.arn = arn
    sessionName = section.nonEmpty("role_session_name")
    externalID = section.nonEmpty("external_id")
    duration = try Self.duration(section.nonEmpty("duration_seconds"), profile)
    origin = try Self.origin(section, profile)
  }

  private static func duration(_ text: String?, _ profile: String) throws(ConfigurationError) -> Int? {
    guard let text else { return nil }
    guard let seconds = Int(text), seconds > 0 else {
      throw ConfigurationError("\(profile) has `duration_seconds` \(ShownValue(text))", help: "use a number of seconds")
    }
    return seconds
  }

  private static func origin(_ section: ConfigurationSection, _ profile: String) throws(ConfigurationError) -> Origin {
    switch (section["source_profile"], section["credential_source"]) {
    case (let source?, nil): return .profile(source)
    case (nil, let source?):
      if let named = NamedSource.allCases.first(where: { ASCII.same($0.rawValue, source) }) { return .named(named) }
      throw ConfigurationError(
        "\(profile) has `credential_source` \(ShownValue(source))",
        help: "use one of \(NamedSource.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))")
    case (nil, nil):
      throw ConfigurationError(
        "\(profile) has `role_arn`, but nothing to assume the role with",
        help: "add `source_profile` or `credential_source`")
    case (_?, _?):
      throw ConfigurationError("\(profile) has both `source_profile` and `credential_source`", help: "keep one of them")
    }
  }
}
