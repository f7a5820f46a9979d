/// How a handler comes to its answer.
public enum Answering: Sendable {
  /// Takes the function that makes the answer, once, from any thread; the server calls it on the connection's own.
  public typealias Completion = @Sendable (@escaping @Sendable () -> ServerResponse) -> Void

  /// It is there.
  case ready(ServerResponse)
  /// It is given to the completion when something else is done, without a task that waits for that.
  case later(@Sendable (@escaping Completion) -> Void)
  /// It takes waiting, and work that other connections can wait for: a task of the connection's thread.
  case steps(@Sendable () async -> Answer)
  /// It takes more.
  case task(@Sendable () async -> ServerResponse)

  /// The answer, waited for.
  var response: ServerResponse {
    get async {
      switch self {
      case .ready(let response): return response
      case .later(let begin):
        let make = await withCheckedContinuation { continuation in begin { continuation.resume(returning: $0) } }
        return make()
      case .steps(let work):
        let answer = await work()
        answer.afterwards()
        return answer.response
      case .task(let work): return await work()
      }
    }
  }
}

/// An answer, and what is left to do once it is on its way.
public struct Answer: Sendable {
  /// What is answered.
  public let response: ServerResponse
  /// To be called once, without waiting until the answer has arrived.
  public let afterwards: @Sendable () -> Void

  /// An answer after which this is left to do.
  public init(_ response: ServerResponse, afterwards: @escaping @Sendable () -> Void = {}) {
    self.response = response
    self.afterwards = afterwards
  }
}
