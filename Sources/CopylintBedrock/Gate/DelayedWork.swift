import Dispatch
import Synchronization

/// Work that is done some time after it was asked for, once for all who ask until then.
final class DelayedWork: Sendable {
  private let delay: DispatchTimeInterval
  private let queue: DispatchQueue
  private let isDue = Mutex(false)

  init(after delay: DispatchTimeInterval, on queue: DispatchQueue) { (self.delay, self.queue) = (delay, queue) }

  /// Has it done, unless it is due already. Who asks while it is done has it done again.
  func schedule(_ work: @escaping @Sendable () -> Void) {
    let wasDue = isDue.withLock { isDue in
      defer { isDue = true }
      return isDue
    }
    guard !wasDue else { return }
    queue.asyncAfter(deadline: .now() + delay) {
      self.isDue.withLock { $0 = false }
      work()
    }
  }
}
