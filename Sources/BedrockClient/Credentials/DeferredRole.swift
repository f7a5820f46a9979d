/// The role of a profile, put together when it is asked: what is wrong with it does not matter where an earlier source
/// answers.
struct DeferredRole: CredentialsSource {
  let section: ConfigurationSection
  let sources: ProfileSources

  var name: String { "role of profile \(ShownValue(section.name))" }

  func fetch() async throws(CredentialsError) -> AWSCredentials { try await sources.role(section).fetch() }
}
