import Dispatch

/// When something has to be done that others may do before: who looks too early looks again.
struct Deadline {
  private let delay: DispatchTimeInterval
  private var due: DispatchTime?
  private var isWatched = false

  init(after delay: DispatchTimeInterval) { self.delay = delay }

  /// There is something to do. Returns when to look, where nobody will.
  mutating func begin(_ now: DispatchTime = .now()) -> DispatchTime? {
    let due = due ?? now + delay
    self.due = due
    guard !isWatched else { return nil }
    isWatched = true
    return due
  }

  /// It is being done.
  mutating func clear() { due = nil }

  /// What somebody finds who looks.
  enum Finding: Equatable {
    case nothing
    case early(DispatchTime)
    case due
  }

  /// Looks. Who finds it early has to look again at that time, and who finds it due has to do it.
  mutating func look(_ now: DispatchTime = .now()) -> Finding {
    guard let due else {
      isWatched = false
      return .nothing
    }
    guard due <= now else { return .early(due) }
    self = Deadline(after: delay)
    return .due
  }
}
