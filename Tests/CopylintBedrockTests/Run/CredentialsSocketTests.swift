import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct CredentialsSocketTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// What a process of the command would be told. It blocks, so it stays off the threads of tasks.
  private func ask() async -> Result<[UInt8], CredentialsRequest.Failure> {
    let path = scratch["s"]
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: CredentialsRequest.ask(path)) }
    }
  }

  @Test func handsOutWhatIsValidThen() async throws {
    let date = try #require(try? Date("2026-11-25T04:05:06Z", strategy: .iso8601))
    let run = RunCredentials(
      ScriptedCredentials([
        .success(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "se\"cret\u{1}")),
        .success(
          AWSCredentials(
            accessKeyID: "ASIAEXAMPLE", secretAccessKey: "secret/+",
            sessionToken: String(repeating: "t", count: 20_000),
            expiration: date, accountID: "111122223333")),
      ]))
    let socket = try await CredentialsSocket.start(at: scratch["s"], run)
    #expect(
      String(decoding: try await ask().get(), as: UTF8.self)
        == #"{"Version":1,"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"se\"cret\u0001"}"#)
    let document = try await ask().get()
    let members = try #require(try JSONSerialization.jsonObject(with: Data(document)) as? [String: Any])
    #expect(members["Expiration"] as? String == "2026-11-25T04:05:06Z")
    #expect((members["SessionToken"] as? String)?.count == 20_000)
    #expect(members["AccountId"] as? String == "111122223333")
    #expect(run.known.map(\.accessKeyID) == ["AKIDEXAMPLE", "ASIAEXAMPLE"])
    let mode = try FileManager.default.attributesOfItem(atPath: scratch["s"])[.posixPermissions] as? Int
    #expect(mode == 0o600)
    await socket.stop()
    #expect(await ask() == .failure(.ended))
  }

  @Test func saysWhyThereAreNone() async throws {
    let error = CredentialsError(.refused, provider: "profile `x`", message: "no\u{1B}[31m")
    let socket = try await CredentialsSocket.start(
      at: scratch["s"], RunCredentials(ScriptedCredentials([.failure(error)])))
    #expect(await ask() == .failure(.init(message: #"error: profile `x`: no\x1b[31m"#)))
    await socket.stop()
  }

  @Test func pathsThatNoSocketHasAreNoRun() {
    for path in ["", "/nonexistent", String(repeating: "x", count: 200), "/tmp\0/x"] {
      #expect(CredentialsRequest.ask(path) == .failure(.ended))
    }
  }
}
