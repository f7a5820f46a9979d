import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Credentials as a `credential_process` writes them (AWS SDKs and Tools Reference Guide, "Process credential
/// provider"): JSON of version 1. With an expiration, SDKs run the process again before it.
enum ProcessCredentialsDocument {
  /// The document, without a line feed at its end.
  static func bytes(_ credentials: AWSCredentials) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("Version", 1)
      writer.member("AccessKeyId", credentials.accessKeyID)
      writer.member("SecretAccessKey", credentials.secretAccessKey)
      writer.member("SessionToken", ifPresent: credentials.sessionToken.flatMap { $0.isEmpty ? nil : $0 })
      writer.member("Expiration", ifPresent: credentials.expiration?.formatted(Date.ISO8601FormatStyle()))
      writer.member("AccountId", ifPresent: credentials.accountID)
    }
    return writer.bytes
  }
}
