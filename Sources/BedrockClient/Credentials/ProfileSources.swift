/// The sources that one profile may name, in botocore's order.
struct ProfileSources {
  let settings: ClientSettings
  let surroundings: CredentialsSurroundings

  /// The sources of a profile that is not a role to assume with other credentials.
  ///
  /// The environment's web identity counts for the profile in force only, not for the source of a role.
  func sources(_ name: String, withEnvironment: Bool) -> [any CredentialsSource] {
    let section = settings.shared.profile(name)
    let variables = withEnvironment ? surroundings.environment : ProcessEnvironment([:])
    return [
      WebIdentityCredentials(
        environment: variables, section: section, files: surroundings.files,
        sts: STSCalls(settings: settings, surroundings: surroundings)),
      SSOCredentials(profileName: name, settings: settings, section: section, surroundings: surroundings),
      StaticProfileCredentials(profileName: name, section: settings.shared.credentialsFileProfile(name)),
      ProcessCredentials(profileName: name, section: section, processes: surroundings.processes),
      StaticProfileCredentials(profileName: name, section: settings.shared.configFileProfile(name)),
      UnsupportedLogin(profileName: name, section: section),
    ]
  }

  /// The role of a profile, with the chain of roles and profiles that it is assumed with. Throws for what does not
  /// fit together, before anybody is asked.
  func role(_ section: ConfigurationSection, visited: [String] = []) throws(CredentialsError) -> AssumedRoleCredentials
  {
    let visited = visited + [section.name]
    let role: RoleSettings
    do throws(ConfigurationError) { role = try RoleSettings(section) } catch { throw failure(section, error) }
    return AssumedRoleCredentials(
      role: role, origin: refreshing(try origin(role, of: section, visited)),
      sts: STSCalls(settings: settings, surroundings: surroundings))
  }

  private func origin(
    _ role: RoleSettings, of section: ConfigurationSection, _ visited: [String]
  ) throws(CredentialsError) -> any CredentialsSource {
    switch role.origin {
    case .named(.environment): EnvironmentCredentials(environment: surroundings.environment)
    case .named(.container): ContainerCredentials(surroundings: surroundings)
    case .named(.instanceMetadata):
      InstanceMetadataCredentials(surroundings: surroundings, profile: settings.profile)
    case .profile(let name): try source(name, of: section, visited)
    }
  }

  private func source(
    _ name: String, of section: ConfigurationSection, _ visited: [String]
  ) throws(CredentialsError) -> any CredentialsSource {
    guard let source = settings.shared.profile(name) else {
      throw failure(section, ConfigurationError("its source profile \(ShownValue(name)) does not exist"))
    }
    let isVisited = visited.contains { ASCII.same($0, name) }
    let hasKeys = source["aws_access_key_id"] != nil || source["aws_secret_access_key"] != nil
    // A profile may be its own source: then its keys assume its role.
    if isVisited && !(hasKeys && ASCII.same(name, section.name)) {
      throw failure(section, ConfigurationError("its source profiles go in a circle at \(ShownValue(name))"))
    }
    if !hasKeys && RoleSettings.isNamed(in: source) { return try role(source, visited: visited) }
    return FirstOf(name: "profile \(ShownValue(name))", sources: sources(name, withEnvironment: false))
  }

  private func refreshing(_ source: any CredentialsSource) -> RefreshingCredentials {
    RefreshingCredentials(source, time: surroundings.time, takesExpired: source is InstanceMetadataCredentials)
  }

  private func failure(_ section: ConfigurationSection, _ error: ConfigurationError) -> CredentialsError {
    CredentialsError(
      .invalidConfiguration, provider: "profile \(ShownValue(section.name))", message: error.description,
      help: error.help)
  }
}
