/// How far a run has come.
public struct RunProgress: Sendable {
  /// Requests judged so far.
  public var requests: Int
  /// The part of all input that was read, from 0 to 1; nil where it cannot be told, as of a pipe.
  public var share: Double?

  /// So many requests, and that part of the input.
  public init(requests: Int, share: Double? = nil) { (self.requests, self.share) = (requests, share) }
}

/// Says now and then how far a run has come: the rate, the share, the time left.
public struct ProgressText {
  private let start: Int
  private var last: Int

  /// A run that is shorter says nothing, in nanoseconds.
  static let delay = 1_000_000_000
  private static let interval = 200_000_000

  /// A run that starts now, by a clock of nanoseconds.
  public init(now: Int) { (start, last) = (now, now + Self.delay - Self.interval) }

  /// A line, where it is time for one.
  public mutating func line(_ progress: RunProgress, now: Int) -> String? {
    guard now - last >= Self.interval else { return nil }
    last = now
    let seconds = Double(now - start) / 1e9
    let requests = progress.requests == 1 ? "1 request" : "\(progress.requests) requests"
    var parts = [requests, "\(Int(Double(progress.requests) / seconds)) a second"]
    if let share = progress.share, share > 0 {
      parts.append("\(Int(min(share, 1) * 100)) %")
      parts.append("\(Self.time(seconds / share - seconds)) left")
    }
    return parts.joined(separator: ", ")
  }

  /// `42 s`, `3 min 5 s`, `2 h 10 min`.
  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0).rounded(.up), 1e9))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
