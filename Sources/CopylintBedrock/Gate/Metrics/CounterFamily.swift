import Synchronization

/// Counts of one kind of event, by labels whose values are a closed set: what callers send must not decide how much is
/// kept.
final class CounterFamily: Sendable {
  let name: String
  let help: String
  private let labels: [String]
  private let counts: Mutex<[[String]: UInt64]>

  /// What values that were not admitted are counted under.
  static let other = "other"
  /// Series that are kept at most, over all reloads of rules.
  static let maxSeries = 10_000

  /// A family of `name` (ending in `_total`) with these label names.
  init(_ name: String, help: String, labels: [String]) {
    (self.name, self.help, self.labels) = (name, help, labels)
    counts = Mutex([:])
  }

  /// Has series of these values, one a label, begin at 0: one that appears with its first event has no increase to see.
  func admit(_ series: [[String]]) {
    counts.withLock { counts in
      for values in series where counts.count < Self.maxSeries && counts[values] == nil { counts[values] = 0 }
    }
  }

  /// Counts one event more. `values` are one a label; the first becomes `other` where they were not admitted.
  func count(_ values: [String]) {
    counts.withLock { counts in
      if counts[values]?.addOne() == nil { counts[[Self.other] + values.dropFirst(), default: 0] += 1 }
    }
  }

  func write(to writer: inout ExpositionWriter) {
    let counts = counts.withLock { $0 }
    writer.begin(name, help: help, type: "counter")
    for (values, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      writer.sample(name, Array(zip(labels, values)), String(count))
    }
  }
}

extension UInt64 {
  fileprivate mutating func addOne() { self &+= 1 }
}
