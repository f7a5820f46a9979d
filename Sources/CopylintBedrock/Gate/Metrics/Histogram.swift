import Synchronization

/// How long something took, in cumulative buckets of seconds.
final class Histogram: Sendable {
  /// From half a millisecond, which a verdict takes, to a minute, which an upstream may.
  static let bounds = [
    0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  private struct Counts {
    /// One a bound, not cumulative, and the last for what is beyond all.
    var buckets = [UInt64](repeating: 0, count: Histogram.bounds.count + 1)
    var sum = 0.0
  }

  let name: String
  let help: String
  private let counts = Mutex(Counts())

  /// A histogram of `name` (ending in `_seconds`).
  init(_ name: String, help: String) { (self.name, self.help) = (name, help) }

  /// Adds one duration. One that a clock made negative counts as none.
  func observe(_ duration: Duration) {
    let seconds = max(0, duration / .seconds(1))
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    counts.withLock { counts in
      counts.buckets[bucket] += 1
      counts.sum += seconds
    }
  }

  func write(to writer: inout ExpositionWriter) {
    let (buckets, sum) = counts.withLock { ($0.buckets, $0.sum) }
    writer.begin(name, help: help, type: "histogram")
    var total: UInt64 = 0
    for (index, count) in buckets.enumerated() {
      total += count
      let bound = index < Self.bounds.count ? ExpositionWriter.number(Self.bounds[index]) : "+Inf"
      writer.sample("\(name)_bucket", [("le", bound)], String(total))
    }
    writer.sample("\(name)_sum", [], ExpositionWriter.number(sum))
    writer.sample("\(name)_count", [], String(total))
  }
}
