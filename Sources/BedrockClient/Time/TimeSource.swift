#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The clocks that the client reads, passed in so that tests need not wait.
public protocol TimeSource: Sendable {
  /// The date of the wall clock: for signatures and expiry.
  var date: Date { get }
  /// Time since some fixed moment, never set back: for time limits.
  var uptime: Duration { get }
  /// Waits; ends early, by throwing, where the task is cancelled.
  func sleep(for duration: Duration) async throws(CancellationError)
}

/// The clocks of this machine.
public struct SystemTimeSource: TimeSource {
  private static let start = ContinuousClock.now

  /// The clocks of this machine.
  public init() {}

  /// The wall clock.
  public var date: Date { Date() }

  /// Time since the first reading in this process.
  public var uptime: Duration { ContinuousClock.now - SystemTimeSource.start }

  /// Waits on the continuous clock.
  public func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}
