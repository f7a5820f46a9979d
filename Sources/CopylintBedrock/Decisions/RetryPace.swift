/// Who may try again what failed: one at a time, and only some time after the last one did.
struct RetryPace {
  private let interval: Duration
  private var last: Duration?
  private var isUnderWay = false

  init(every interval: Duration) { self.interval = interval }

  /// Whether to try now, by a clock that only goes forward; who does calls `end` then.
  mutating func begin(at now: Duration) -> Bool {
    guard !isUnderWay, last.map({ now - $0 >= interval }) ?? true else { return false }
    isUnderWay = true
    return true
  }

  mutating func end(at now: Duration) { (last, isUnderWay) = (now, false) }
}
