import BedrockClient

/// The config file of a command under a gate: the user's profiles with their settings, and the gate's credentials in
/// each of them.
///
/// The run has one identity. A profile of the user's that would name another one is there with its Region and its other
/// settings, and hands out the credentials of the run.
struct CommandConfigurationFile {
  private var text = ""
  private let ignored: IgnoredURLs

  /// - Parameters:
  ///   - shared: what the user's two files say.
  ///   - ignored: whether profiles lose the URLs that they state.
  ///   - credentialProcess: the command line that writes the credentials, without any character that a shell minds.
  init(_ shared: SharedConfiguration, _ ignored: IgnoredURLs, credentialProcess: String) {
    self.ignored = ignored
    let names = shared.profileNames.filter { !Self.isDefault($0) }
    addProfile("[default]", shared.profile("default"), credentialProcess)
    for name in names { addProfile("[profile \(Self.sectionName(name))]", shared.profile(name), credentialProcess) }
    for name in shared.servicesNames {
      guard let section = shared.services(name) else { continue }
      addSection("[services \(Self.sectionName(name))]", section.properties.map { ($0, Self.withoutGate($0, $1)) })
    }
  }

  /// The content of the file.
  var bytes: [UInt8] { Array(text.utf8) }

  private mutating func addProfile(_ header: String, _ profile: ConfigurationSection?, _ process: String) {
    let hasNoURLs = ignored.areAll(in: profile)
    let kept = (profile?.properties ?? [:]).filter { property in
      !Self.isWithdrawn(property.key) && !(hasNoURLs && Self.statesURLs(property.key))
    }
    addSection(header, kept.map { ($0, $1) } + [("credential_process", ConfigurationProperty(value: process))])
  }

  private mutating func addSection(_ header: String, _ properties: [(name: String, property: ConfigurationProperty)]) {
    text += header + "\n"
    for (name, property) in properties.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    ) {
      text += "\(name) = \(Self.indented(property))\n"
    }
    text += "\n"
  }

  /// The value with its further lines indented, as they are read.
  private static func indented(_ property: ConfigurationProperty) -> String {
    guard property.nested.isEmpty else {
      let lines = property.nested.map { "\n  \($0) = \($1)" }
      return lines.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.joined()
    }
    return property.value.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }.joined(separator: "\n  ")
  }
}

// MARK: What is left out

extension CommandConfigurationFile {
  /// Whether a property says who signs or how, or passes the gate by (AWS SDKs and Tools Reference Guide, "Settings
  /// reference"). What is not known here is kept: where it names other credentials after all, the gate refuses them.
  private static func isWithdrawn(_ property: String) -> Bool {
    withdrawn.contains { Array($0.utf8) == Array(property.utf8) }
      || withdrawnPrefixes.contains { property.utf8.starts(with: $0.utf8) }
  }

  private static func statesURLs(_ property: String) -> Bool {
    ["endpoint_url", "services"].contains { Array($0.utf8) == Array(property.utf8) }
  }

  private static let withdrawn = [
    "credential_process", "credential_source", "source_profile", "external_id", "mfa_serial", "duration_seconds",
    "web_identity_token_file", "auth_scheme_preference", "ignore_configured_endpoint_urls",
  ]

  /// The keys themselves, roles, sessions of IAM Identity Center and of `aws login`, and what tools that keep keys in
  /// the shared files note beside them.
  private static let withdrawnPrefixes = ["aws_", "role_", "sso_", "login_", "x_"]

  /// A property of a `services` section, without a URL of Bedrock: the gate has taken its place.
  private static func withoutGate(_ service: String, _ property: ConfigurationProperty) -> ConfigurationProperty {
    guard service.utf8.elementsEqual("bedrock".utf8), !property.nested.isEmpty else { return property }
    var rest = ConfigurationProperty(value: "")
    rest.nested = property.nested.filter { !$0.key.utf8.elementsEqual("endpoint_url".utf8) }
    return rest
  }

  private static func isDefault(_ name: String) -> Bool { name.utf8.elementsEqual("default".utf8) }

  /// A section's name as it was read: in quotes where it needs them. It holds at most one kind of them.
  private static func sectionName(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF:
        true
      default: "-_/.%@:+".utf8.contains(byte)
      }
    }
    if isPlain { return name }
    return name.utf8.contains(UInt8(ascii: "\"")) ? "'\(name)'" : "\"\(name)\""
  }
}
