/// How long the parts of a run took.
public struct RunTime {
  private let clock: () -> Int
  private let start: Int
  private var last: Int
  private var parts: [(name: String, duration: Int)] = []

  /// Starts now. `clock` gives nanoseconds since some moment, and never goes back.
  public init(clock: @escaping () -> Int) {
    self.clock = clock
    start = clock()
    last = start
  }

  /// Ends a part, which began with the one before.
  public mutating func end(_ part: String) {
    let now = clock()
    parts.append((part, now - last))
    last = now
  }

  /// The whole and its parts, one line.
  public var text: String {
    let parts = parts.map { "\($0.name) \(Self.milliseconds($0.duration))" }.joined(separator: ", ")
    return "took \(Self.milliseconds(last - start)): \(parts)"
  }

  /// With one digit after the point.
  private static func milliseconds(_ nanoseconds: Int) -> String {
    let tenths = (nanoseconds + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
