/// How a handler comes to its answer.
public enum Answering: Sendable {
  /// Takes the function that makes the answer, once, from any thread; the server calls it on the connection's own.
  public typealias Completion = @Sendable (@escaping @Sendable () -> ServerResponse) -> Void

  /// It is there.
  case ready(ServerResponse)
  /// It is given to the completion when something else is done, without a task that waits for that.
  case later(@Sendable (@escaping Completion) -> Void)
  /// It takes waiting, and work that other connections can wait for: a task of the connection's thread.
  case steps(@Sendable () async -> ServerResponse)
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
      case .steps(let work), .task(let work): return await work()
      }
    }
  }
}
