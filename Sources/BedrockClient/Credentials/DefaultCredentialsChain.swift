/// The default chain of credentials, in botocore's order: the environment, the role of the profile, web identity, IAM
/// Identity Center, the credentials file, `credential_process`, the config file, the container, the instance.
///
/// The source that answered first is kept: it is the one that is asked again when the credentials expire.
public actor DefaultCredentialsChain: CredentialsProvider {
  private let settings: ClientSettings
  private let surroundings: CredentialsSurroundings
  private var search: Task<Result<Answer, CredentialsError>, Never>?

  /// A source that answered.
  private struct Answer: Sendable {
    let name: String
    let provider: RefreshingCredentials
  }

  /// A chain for these settings.
  public init(settings: ClientSettings, surroundings: CredentialsSurroundings) {
    self.settings = settings
    self.surroundings = surroundings
  }

  /// Credentials that are valid now.
  public func credentials() async throws(CredentialsError) -> AWSCredentials { try await resolve().credentials }

  /// Credentials that are valid now, and the name of the source that they come from.
  public func resolve() async throws(CredentialsError) -> ResolvedCredentials {
    let search = self.search ?? startSearch()
    switch await search.value {
    case .success(let answer):
      return ResolvedCredentials(source: answer.name, credentials: try await answer.provider.credentials())
    case .failure(let error):
      // The next call may find what is not there yet.
      if self.search == search { self.search = nil }
      throw error
    }
  }

  private func startSearch() -> Task<Result<Answer, CredentialsError>, Never> {
    let task = Task { [settings, surroundings] () -> Result<Answer, CredentialsError> in
      do throws(CredentialsError) {
        return .success(try await Self.find(settings, surroundings))
      } catch {
        return .failure(error)
      }
    }
    search = task
    return task
  }

  private static func find(
    _ settings: ClientSettings, _ surroundings: CredentialsSurroundings
  ) async throws(CredentialsError) -> Answer {
    var tried: [String] = []
    for source in try sources(settings, surroundings) {
      let takesExpired = source is InstanceMetadataCredentials
      let provider = RefreshingCredentials(source, time: surroundings.time, takesExpired: takesExpired)
      do throws(CredentialsError) {
        _ = try await provider.credentials()
        return Answer(name: source.name, provider: provider)
      } catch {
        guard error.reason == .notConfigured else { throw error }
        let attempt = "\(source.name): \(error.message)"
        // A profile is a source several times: by its keys in either file, and by what it points to.
        if !tried.contains(attempt) { tried.append(attempt) }
      }
    }
    throw CredentialsError(
      .notConfigured, provider: CredentialsError.anySource,
      message: "there are no credentials (\(tried.joined(separator: "; ")))",
      help: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with AWS_PROFILE")
  }

  private static func sources(
    _ settings: ClientSettings, _ surroundings: CredentialsSurroundings
  ) throws(CredentialsError) -> [any CredentialsSource] {
    let ofProfile = ProfileSources(settings: settings, surroundings: surroundings)
    let environment = EnvironmentCredentials(environment: surroundings.environment)
    // A profile that an option names goes before the keys of the environment.
    var sources: [any CredentialsSource] = settings.isProfileExplicit ? [] : [environment]
    if let profile = settings.profile, RoleSettings.isNamed(in: profile) {
      sources.append(DeferredRole(section: profile, sources: ofProfile))
    }
    sources += ofProfile.sources(settings.profileName, withEnvironment: !settings.isProfileExplicit)
    sources.append(ContainerCredentials(surroundings: surroundings))
    sources.append(InstanceMetadataCredentials(surroundings: surroundings, profile: settings.profile))
    return sources
  }
}
