import NIOCore
import NIOPosix
import Synchronization

/// The calls of a gate that have begun and not ended, whether or not somebody still waits for their answers.
final class CallsUnderWay: Sendable {
  private struct State {
    var count = 0
    var ended: [EventLoopPromise<Void>] = []
  }

  private let state = Mutex(State())

  /// A call begins, and has ended when this work has, which must be run once.
  func counting(_ work: @escaping @Sendable () async -> ServerResponse) -> @Sendable () async -> ServerResponse {
    state.withLock { $0.count += 1 }
    return {
      defer { self.end() }
      return await work()
    }
  }

  private func end() {
    let ended = state.withLock { state -> [EventLoopPromise<Void>] in
      state.count -= 1
      guard state.count == 0 else { return [] }
      defer { state.ended = [] }
      return state.ended
    }
    for promise in ended { promise.succeed() }
  }

  /// Returns when none is under way, or at the deadline.
  func ended(before deadline: NIODeadline) async {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let promise = loop.makePromise(of: Void.self)
    let isOver = state.withLock { state in
      if state.count > 0 { state.ended.append(promise) }
      return state.count == 0
    }
    if isOver { promise.succeed() }
    let force = loop.scheduleTask(deadline: deadline) { promise.succeed() }
    try? await promise.futureResult.get()
    force.cancel()
  }
}
