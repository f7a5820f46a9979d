#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON object that a credentials service, a process or a token cache answers with.
enum CredentialsReply {
  /// The members of the metadata services (`Token`) and of processes (`SessionToken`, `Version`).
  struct Keys: Decodable {
    var version: Int?
    var code: String?
    var accessKeyID: String?
    var secretAccessKey: String?
    var token: String?
    var sessionToken: String?
    var expiration: String?
    var accountID: String?

    private enum CodingKeys: String, CodingKey {
      case version = "Version"
      case code = "Code"
      case accessKeyID = "AccessKeyId"
      case secretAccessKey = "SecretAccessKey"
      case token = "Token"
      case sessionToken = "SessionToken"
      case expiration = "Expiration"
      case accountID = "AccountId"
    }
  }

  /// The body as a value of that type, or nil where it is not such JSON. What the decoder found wrong is not told:
  /// it may quote a secret.
  static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(body))
  }
}
