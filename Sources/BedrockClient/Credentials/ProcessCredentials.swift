/// The credentials that the `credential_process` of a profile writes (AWS SDKs and Tools Reference Guide, "Process
/// credential provider"): JSON with `Version` 1.
struct ProcessCredentials: CredentialsSource {
  let profileName: String
  let section: ConfigurationSection?
  let processes: any ProcessRunner

  var name: String { "credential_process of profile \(ShownValue(profileName))" }

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    guard let command = section?.nonEmpty("credential_process") else { throw notConfigured }
    let output: [UInt8]
    do throws(ProcessError) {
      output = try await processes.run(command, limits: ProcessLimits())
    } catch {
      throw failure(.unavailable, "the process \(error)", help: "run the command by hand to see what it says")
    }
    return try credentials(output)
  }

  private func credentials(_ output: [UInt8]) throws(CredentialsError) -> AWSCredentials {
    guard let reply = CredentialsReply.decode(CredentialsReply.Keys.self, output) else {
      throw failure(
        .unavailable, "the process wrote no JSON object of credentials", help: "see what the command writes")
    }
    guard reply.version == 1 else {
      let version = reply.version.map(String.init) ?? "none"
      throw failure(.unavailable, "the process wrote version \(version) of its format", help: "version 1 is understood")
    }
    guard let keyID = reply.accessKeyID, let secret = reply.secretAccessKey, !keyID.isEmpty, !secret.isEmpty else {
      throw failure(.unavailable, "the process wrote no `AccessKeyId` or no `SecretAccessKey`")
    }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: reply.sessionToken,
      expiration: try Timestamp.expiration(reply.expiration, of: self),
      accountID: reply.accountID ?? section?.nonEmpty("aws_account_id"))
  }
}
