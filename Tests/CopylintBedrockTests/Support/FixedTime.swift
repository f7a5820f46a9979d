import BedrockClient
import Foundation
import Synchronization

/// A clock that moves when it is told to.
final class FixedTime: TimeSource {
  private let now = Mutex(Date(timeIntervalSince1970: 1_795_000_000))

  var date: Date { now.withLock { $0 } }
  var uptime: Duration { .seconds(date.timeIntervalSince1970) }

  func sleep(for duration: Duration) async throws(CancellationError) { advance(duration / .seconds(1)) }

  func advance(_ seconds: Double) { now.withLock { $0 += seconds } }
}
