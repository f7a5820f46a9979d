/// Calls STS for a source, at the endpoint that the settings say.
struct STSCalls: Sendable {
  let settings: ClientSettings
  let surroundings: CredentialsSurroundings

  var time: any TimeSource { surroundings.time }

  /// What `body` gets from STS; its errors become errors of the source.
  func call<Value>(
    for source: some CredentialsSource, _ body: (STSClient) async throws(STSError) -> Value
  ) async throws(CredentialsError) -> Value {
    let client: STSClient
    do throws(ConfigurationError) {
      client = STSClient(
        endpoint: try settings.endpoint(.sts), transport: surroundings.transport, time: surroundings.time)
    } catch {
      throw source.failure(error)
    }
    do throws(STSError) {
      return try await body(client)
    } catch {
      throw source.failure(error.reason == .refused ? .refused : .unavailable, error.message)
    }
  }
}
