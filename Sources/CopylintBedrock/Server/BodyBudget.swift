import Synchronization

/// The memory that the bodies of all connections share.
final class BodyBudget: Sendable {
  private let free: Mutex<Int>

  init(bytes: Int) { free = Mutex(bytes) }

  /// Whether the bytes could be had; they must be given back.
  func take(_ count: Int) -> Bool {
    free.withLock { free in
      guard count <= free else { return false }
      free -= count
      return true
    }
  }

  func giveBack(_ count: Int) { free.withLock { $0 += count } }
}
