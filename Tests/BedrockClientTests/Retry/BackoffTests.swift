import Testing

@testable import BedrockClient

@Suite struct BackoffTests {
  @Test func doublesUpToTwentySeconds() {
    let delays = (1...8).map { Backoff.delay(afterAttempt: $0, jitter: 1) }
    #expect(delays == [1, 2, 4, 8, 16, 20, 20, 20].map { .seconds($0) })
    #expect(Backoff.delay(afterAttempt: .max, jitter: 1) == .seconds(20))
    #expect(Backoff.delay(afterAttempt: 3, jitter: 0) == .zero)
  }

  @Test func quotaCostsAndReturns() {
    let quota = RetryQuota()
    for _ in 0..<50 { #expect(quota.acquire(RetryQuota.cost(.timeout))) }
    #expect(!quota.acquire(RetryQuota.cost(.transient)))
    quota.release(nil)
    #expect(quota.available == 1)
    quota.release(10)
    #expect(quota.acquire(RetryQuota.cost(.throttling)))
    #expect(quota.available == 6)
    quota.release(1000)
    #expect(quota.available == 500)
  }

  @Test func modesHaveTheirAttempts() throws {
    for (variables, attempts) in [
      ([:], 3), (["AWS_MAX_ATTEMPTS": "7"], 7), (["AWS_RETRY_MODE": "legacy"], 5), (["AWS_RETRY_MODE": "adaptive"], 3),
      (["AWS_RETRY_MODE": "legacy", "AWS_MAX_ATTEMPTS": "2"], 2),
    ] as [([String: String], Int)] {
      let settings = try ClientSettings.load(environment: ProcessEnvironment(variables), files: MemoryFiles([:]))
      #expect(RetryPolicy(settings: settings).maxAttempts == attempts)
    }
  }
}
