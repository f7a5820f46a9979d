import Dispatch
import Glibc

/// The signals that ask a service to stop: SIGTERM, and SIGINT from a terminal.
enum StopSignals {
  /// Returns when one comes.
  static func wait() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGTERM, SIGINT].map { number in
      // The default action would end the process before the source hears of the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    var iterator = stream.makeAsyncIterator()
    await iterator.next()
    for source in sources { source.cancel() }
  }
}
