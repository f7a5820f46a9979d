/// The first of several sources that is set up.
struct FirstOf: CredentialsSource {
  let name: String
  let sources: [any CredentialsSource]

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    for source in sources {
      do throws(CredentialsError) {
        return try await source.fetch()
      } catch {
        guard error.reason == .notConfigured else { throw error }
      }
    }
    throw failure(.notConfigured, "it has no credentials")
  }
}
