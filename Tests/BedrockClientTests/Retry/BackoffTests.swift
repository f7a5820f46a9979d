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
}
