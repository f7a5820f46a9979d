import Synchronization

/// A value that may be there before anybody asks for it.
final class Pending<Value: Sendable>: Sendable {
  typealias Completion = @Sendable (Value) -> Void

  private enum State {
    case open
    case made(Value)
    case awaited(Completion)
  }

  private let state = Mutex(State.open)

  /// The value; nil before it is there.
  var value: Value? { state.withLock { if case .made(let value) = $0 { value } else { nil } } }

  /// It is there. To be called once, from any thread.
  func fulfil(_ value: Value) {
    let completion = state.withLock { state -> Completion? in
      defer { state = .made(value) }
      if case .awaited(let completion) = state { return completion }
      return nil
    }
    completion?(value)
  }

  /// Takes who is to be told, from whatever thread knows it; at once where it is there. To be called once.
  @Sendable func whenFulfilled(_ completion: @escaping Completion) {
    let value = state.withLock { state -> Value? in
      if case .made(let value) = state { return value }
      state = .awaited(completion)
      return nil
    }
    if let value { completion(value) }
  }
}
