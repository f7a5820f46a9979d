import Synchronization

/// The retries that a client still has: they are used up while a service fails, and come back as calls succeed.
///
/// Source: botocore's `RetryQuota` and `RetryQuotaChecker`: 500 at first, 5 a retry, 10 a retry after a timeout; a
/// successful call gives back what its last retry cost, or 1.
final class RetryQuota: Sendable {
  private let capacity: Mutex<Int>
  private static let full = 500

  init() { capacity = Mutex(RetryQuota.full) }

  /// What is left.
  var available: Int { capacity.withLock { $0 } }

  /// The cost of a retry of that class.
  static func cost(_ retry: RetryClass) -> Int { retry == .timeout ? 10 : 5 }

  /// Takes the cost, if there is enough.
  func acquire(_ cost: Int) -> Bool {
    capacity.withLock { left in
      guard cost <= left else { return false }
      left -= cost
      return true
    }
  }

  /// Gives back what the last retry of a successful call cost; nil where it had none.
  func release(_ cost: Int?) {
    capacity.withLock { $0 = min(RetryQuota.full, $0 + (cost ?? 1)) }
  }
}
