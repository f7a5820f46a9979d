import Foundation
import Synchronization
import Testing

@testable import BedrockClient

@Suite struct RefreshingCredentialsTests {
  /// Gives credentials that last `lifetime` seconds, or an error, and counts.
  final class CountingSource: CredentialsSource {
    let name = "counting"
    let time: AdjustableTime
    let lifetime: Double?
    private let state = Mutex((count: 0, isBroken: false))

    init(_ time: AdjustableTime, lifetime: Double?) {
      self.time = time
      self.lifetime = lifetime
    }

    var count: Int { state.withLock { $0.count } }

    func breakDown() { state.withLock { $0.isBroken = true } }

    func fetch() async throws(CredentialsError) -> AWSCredentials {
      let (count, isBroken) = state.withLock { state in
        state.count += 1
        return state
      }
      await Task.yield()
      guard !isBroken else { throw failure(.unavailable, "out of order") }
      return AWSCredentials(
        accessKeyID: "AKIDEXAMPLE\(count)", secretAccessKey: "s",
        expiration: lifetime.map { time.date.addingTimeInterval($0) })
    }
  }

  private let time = AdjustableTime()

  @Test func lastingCredentialsAreAskedForOnce() async throws {
    let source = CountingSource(time, lifetime: nil)
    let provider = RefreshingCredentials(source, time: time)
    for _ in 1...3 { _ = try await provider.credentials() }
    time.advance(by: .seconds(1_000_000))
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE1")
    #expect(source.count == 1)
  }

  @Test func theLastQuarterOfAnHourBringsNewOnes() async throws {
    let provider = RefreshingCredentials(CountingSource(time, lifetime: 3600), time: time)
    _ = try await provider.credentials()
    time.advance(by: .seconds(3600 - 900))
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE1")
    time.advance(by: .seconds(1))
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE2")
  }

  @Test func aFailureMattersInTheLastTenMinutesOnly() async throws {
    let source = CountingSource(time, lifetime: 3600)
    let provider = RefreshingCredentials(source, time: time)
    _ = try await provider.credentials()
    source.breakDown()
    time.advance(by: .seconds(3600 - 600))
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE1")
    #expect(source.count == 2)
    time.advance(by: .seconds(1))
    await #expect(throws: CredentialsError.self) { try await provider.credentials() }
  }

  @Test func manyAtOnceAskTheSourceOnce() async throws {
    let source = CountingSource(time, lifetime: 3600)
    let provider = RefreshingCredentials(source, time: time)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1...50 { group.addTask { try await provider.credentials().accessKeyID } }
      for try await id in group { #expect(id == "AKIDEXAMPLE1") }
    }
    #expect(source.count == 1)
  }

  @Test func expiredOnesAreNotGivenOut() async throws {
    let provider = RefreshingCredentials(CountingSource(time, lifetime: -1), time: time)
    let error = await #expect(throws: CredentialsError.self) { try await provider.credentials() }
    #expect(error?.message == "the credentials have expired")
  }

  @Test func theInstanceMayGoOnGivingExpiredOnes() async throws {
    let source = CountingSource(time, lifetime: -1)
    let provider = RefreshingCredentials(source, time: time, takesExpired: true)
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE1")
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE1")
    time.advance(by: .seconds(300))
    #expect(try await provider.credentials().accessKeyID == "AKIDEXAMPLE2")
  }
}
