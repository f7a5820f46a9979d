import NIOCore
import NIOPosix
import Synchronization

/// Calls of a gate that have begun and not ended, whether or not somebody still waits for their answers.
final class CallsUnderWay: Sendable {
  private struct State {
    var count = 0
    var ended: [EventLoopPromise<Void>] = []
  }

  private let state = Mutex(State())

  /// A call begins, and has ended when this work has, which must be run once.
  func counting(_ work: @escaping @Sendable () async -> ServerResponse) -> @Sendable () async -> ServerResponse {
    begin()
    return {
      defer { self.end() }
      return await work()
    }
  }

  /// The same; the call has ended when nothing is left to do about it.
  func counting(_ work: @escaping @Sendable () async -> Answer) -> @Sendable () async -> Answer {
    begin()
    return {
      let answer = await work()
      return Answer(answer.response) {
        answer.afterwards()
        self.end()
      }
    }
  }

  /// A call begins.
  func begin() { state.withLock { $0.count += 1 } }

  /// A call ends.
  func end() {
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
