import Synchronization

/// An answer that may be there before anybody asks for it.
final class PendingAnswer: Sendable {
  typealias Make = @Sendable () -> ServerResponse

  private enum State {
    case open
    case made(Make)
    case awaited(Answering.Completion)
  }

  private let state = Mutex(State.open)

  /// It is there. To be called once, from any thread.
  func fulfil(_ make: @escaping Make) {
    let completion = state.withLock { state -> Answering.Completion? in
      defer { state = .made(make) }
      if case .awaited(let completion) = state { return completion }
      return nil
    }
    completion?(make)
  }

  /// Takes who is to be told. To be called once.
  @Sendable func whenFulfilled(_ completion: @escaping Answering.Completion) {
    let make = state.withLock { state -> Make? in
      if case .made(let make) = state { return make }
      state = .awaited(completion)
      return nil
    }
    if let make { completion(make) }
  }
}
