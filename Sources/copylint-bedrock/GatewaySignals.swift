import Dispatch
import Glibc

/// The signals of a service: SIGHUP loads what changed, SIGTERM and SIGINT end it.
struct GatewaySignals {
  private let stream: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  /// Takes the signals over: one that comes before `serve` waits for it.
  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.stream = stream
    sources = [SIGHUP, SIGTERM, SIGINT].map { number in
      // The default action would end the process before the source hears of the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
  }

  /// Returns when the service is to end; calls `reload` for every SIGHUP until then.
  func serve(reload: @escaping @Sendable () async -> Void) async {
    for await number in stream {
      guard number == SIGHUP else { break }
      await reload()
    }
    for source in sources { source.cancel() }
  }
}
