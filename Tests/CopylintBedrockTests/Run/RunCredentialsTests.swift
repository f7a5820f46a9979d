import BedrockClient
import Foundation
import Synchronization
import Testing

@testable import CopylintBedrock

/// Hands out what it was given, one after the other; the last one for ever.
final class ScriptedCredentials: CredentialsProvider {
  private let answers: Mutex<[Result<AWSCredentials, CredentialsError>]>

  init(_ answers: [Result<AWSCredentials, CredentialsError>]) { self.answers = Mutex(answers) }

  func credentials() async throws(CredentialsError) -> AWSCredentials {
    let next = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    return try next.get()
  }
}

/// A wall clock that stands where it was set.
final class SettableClock: TimeSource {
  private let now: Mutex<Date>

  init(_ date: Date) { now = Mutex(date) }

  var date: Date {
    get { now.withLock { $0 } }
    set { now.withLock { $0 = newValue } }
  }
  var uptime: Duration { .zero }

  func sleep(for duration: Duration) async throws(CancellationError) {}
}

@Suite struct RunCredentialsTests {
  private let clock = SettableClock(Date(timeIntervalSince1970: 1_000))

  private func keys(_ id: String, _ token: String? = nil, until: Double? = nil) -> AWSCredentials {
    AWSCredentials(
      accessKeyID: id, secretAccessKey: "secret of \(id)", sessionToken: token,
      expiration: until.map { Date(timeIntervalSince1970: $0) })
  }

  @Test func nothingIsKnownBeforeItIsHandedOut() async throws {
    let run = RunCredentials(ScriptedCredentials([.success(keys("AKIDEXAMPLE"))]), time: clock)
    #expect(run.known(accessKeyID: "AKIDEXAMPLE") == nil)
    #expect(try await run.current().accessKeyID == "AKIDEXAMPLE")
    #expect(run.known(accessKeyID: "AKIDEXAMPLE")?.secretAccessKey == "secret of AKIDEXAMPLE")
    #expect(run.known(accessKeyID: "AKIDEXAMPL") == nil)
    _ = try await run.current()
    #expect(run.known.count == 1)
  }

  @Test func thePreviousKeysAreKnownUntilTheyExpire() async throws {
    let source = ScriptedCredentials([
      .success(keys("ASIAEXAMPLE1", "t1", until: 2_000)), .success(keys("ASIAEXAMPLE2", "t2", until: 3_000)),
      .success(keys("ASIAEXAMPLE2", "t3", until: 4_000)),
    ])
    let run = RunCredentials(source, time: clock)
    for _ in 0..<3 { _ = try await run.current() }
    #expect(run.known.map(\.sessionToken) == ["t1", "t2", "t3"])
    #expect(run.known(accessKeyID: "ASIAEXAMPLE2")?.sessionToken == "t3")
    clock.date = Date(timeIntervalSince1970: 2_000)
    _ = try await run.current()
    #expect(run.known.map(\.sessionToken) == ["t2", "t3"])
    #expect(run.known(accessKeyID: "ASIAEXAMPLE1") == nil)
  }

  @Test func theNewestStaysThoughItHasExpired() async throws {
    let run = RunCredentials(ScriptedCredentials([.success(keys("ASIAEXAMPLE", "t", until: 500))]), time: clock)
    for _ in 0..<2 { _ = try await run.current() }
    #expect(run.known.count == 1)
  }
}
