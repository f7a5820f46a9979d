/// What the shared config and credentials files say, merged: a profile of both files has the properties of both, and
/// those of the credentials file win.
public struct SharedConfiguration: Sendable {
  private var profiles: [[UInt8]: ConfigurationSection]
  private var ssoSessions: [[UInt8]: ConfigurationSection]
  private var services: [[UInt8]: ConfigurationSection]
  private let configFile: [[UInt8]: ConfigurationSection]
  private let credentialsFile: [[UInt8]: ConfigurationSection]

  /// The largest file that is read, in bytes.
  static let maxBytes = 1 << 20

  /// The configuration of two files' bytes, either of which may be empty. Throws ``ConfigurationError``.
  init(config: [UInt8], credentials: [UInt8], paths: ConfigurationPaths) throws(ConfigurationError) {
    let parsedConfig = try ConfigurationParser.parse(config, kind: .config, path: paths.config)
    let parsedCredentials = try ConfigurationParser.parse(credentials, kind: .credentials, path: paths.credentials)
    configFile = parsedConfig[.profile]
    profiles = configFile
    ssoSessions = parsedConfig[.ssoSession]
    services = parsedConfig[.services]
    credentialsFile = parsedCredentials[.profile]
    for (name, section) in credentialsFile {
      profiles[name, default: ConfigurationSection(name: section.name)].merge(section)
    }
  }

  /// Reads the two files; one that is not there is empty. Throws ``ConfigurationError``.
  public static func load(
    _ files: any LocalFiles, _ environment: ProcessEnvironment
  ) throws(ConfigurationError) -> SharedConfiguration {
    let paths = ConfigurationPaths(files, environment)
    return try SharedConfiguration(
      config: try read(paths.config, files), credentials: try read(paths.credentials, files), paths: paths)
  }

  /// A profile, or nil where neither file has it.
  public func profile(_ name: String) -> ConfigurationSection? { profiles[Array(name.utf8)] }

  /// What the config file alone says of a profile.
  func configFileProfile(_ name: String) -> ConfigurationSection? { configFile[Array(name.utf8)] }

  /// What the credentials file alone says of a profile.
  func credentialsFileProfile(_ name: String) -> ConfigurationSection? { credentialsFile[Array(name.utf8)] }

  /// An `sso-session` section.
  public func ssoSession(_ name: String) -> ConfigurationSection? { ssoSessions[Array(name.utf8)] }

  /// A `services` section.
  public func services(_ name: String) -> ConfigurationSection? { services[Array(name.utf8)] }

  /// The names of the profiles, sorted by bytes.
  public var profileNames: [String] { Self.names(profiles) }

  /// The names of the `sso-session` sections, sorted by bytes.
  var ssoSessionNames: [String] { Self.names(ssoSessions) }

  /// The names of the `services` sections, sorted by bytes.
  package var servicesNames: [String] { Self.names(services) }

  private static func names(_ sections: [[UInt8]: ConfigurationSection]) -> [String] {
    sections.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func read(_ path: String, _ files: any LocalFiles) throws(ConfigurationError) -> [UInt8] {
    do throws(LocalFileError) {
      return try files.read(path, maxBytes: maxBytes)
    } catch .notFound {
      return []
    } catch {
      throw ConfigurationError("cannot be read: \(error)", path: path, help: "make the file readable")
    }
  }
}
