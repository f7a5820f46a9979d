#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes the request of one attempt from the one that a call is about.
package struct RequestAuthenticator: Sendable {
  let authentication: Authentication
  let signer: SigV4Signer
  let keys: SigningKeyCache?

  package init(authentication: Authentication, signer: SigV4Signer, keys: SigningKeyCache? = nil) {
    self.authentication = authentication
    self.signer = signer
    self.keys = keys
  }

  /// The request with its authorisation, and the secrets that no message may repeat.
  package func authenticate(
    _ request: HTTPRequest, at date: Date
  ) async throws(CredentialsError) -> (request: HTTPRequest, secrets: [String]) {
    switch authentication {
    case .bearer(let token):
      guard request.scheme == .https || Loopback.isLoopback(host: request.host) else {
        throw CredentialsError(
          .invalidConfiguration, provider: "bearer token", message: "a bearer token is not sent without TLS",
          help: "use an https endpoint")
      }
      return (BearerSigner.sign(request, with: token), [token.token])
    case .sigV4(let provider):
      let credentials = try await provider.credentials()
      let secrets = [credentials.secretAccessKey] + (credentials.sessionToken.map { [$0] } ?? [])
      return (signer.sign(request, with: credentials, at: date, keys: keys), secrets)
    }
  }
}
