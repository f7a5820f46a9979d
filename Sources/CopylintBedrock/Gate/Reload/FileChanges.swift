import Copylint
import Dispatch
import Synchronization

/// Hears of changes in directories, on a queue.
final class FileChanges: Sendable {
  /// Outlives the source, which waits on its descriptor.
  private final class Events: Sendable {
    let mutex: Mutex<DirectoryEvents>

    init() throws(Diagnostic) { mutex = Mutex(try DirectoryEvents()) }
  }

  private let events: Events
  private let source: Mutex<(any DispatchSourceRead)?>

  /// Watches nothing yet. `onChange` is called on the queue while there is something to `read`.
  init(on queue: DispatchQueue, _ onChange: @escaping @Sendable () -> Void) throws(Diagnostic) {
    let events = try Events()
    let source = DispatchSource.makeReadSource(
      fileDescriptor: events.mutex.withLock { $0.descriptor }, queue: queue)
    source.setEventHandler { onChange() }
    source.setCancelHandler { withExtendedLifetime(events) {} }
    source.resume()
    self.events = events
    self.source = Mutex(source)
  }

  deinit { stop() }

  /// Watches these directories, beside those before.
  func watch(_ directories: Set<ByteString>) throws(Diagnostic) {
    let failure = events.mutex.withLock { events -> Diagnostic? in
      do throws(Diagnostic) {
        try events.watch(directories)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Takes what there is; whether anything changed.
  func read() -> Bool { events.mutex.withLock { $0.read() } }

  /// Calls no more.
  func stop() {
    source.withLock { source in
      source?.cancel()
      source = nil
    }
  }
}
