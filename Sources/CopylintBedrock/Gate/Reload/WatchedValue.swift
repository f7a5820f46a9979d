import BedrockClient
import Copylint
import Dispatch
import Synchronization

/// What is loaded from files anew when they change, or when that is asked for (SIGHUP): a policy, or the keys of callers.
///
/// One that cannot be loaded changes nothing: the last good one stays in force, and `onEvent` is told why.
public final class WatchedValue<Value: Sendable>: Sendable {
  /// How long nothing must have happened before it is loaded: an editor writes a file in several steps.
  private static var pause: DispatchTimeInterval { .milliseconds(100) }
  /// Pauses after which it is loaded even if changes go on.
  private static var maxPauses: Int { 20 }

  private let value: ReloadedValue<Value>
  private let directories: @Sendable () -> Set<ByteString>
  private let onEvent: @Sendable (ReloadEvent<Value>) -> Void
  private let queue = DispatchQueue(label: "copylint.reload")
  private let changes = Mutex<FileChanges?>(nil)
  private let isWaiting = Mutex(false)
  /// Whether the files could not be used when they were last loaded.
  private let isBroken = Mutex(false)

  /// Loads the value, and watches its files from before that on. `directories` says where they are
  /// (`WatchedDirectories.ofPolicy`, `ofFile`), before every load. `isSame` tells whether one that was loaded says what
  /// another one says, and so does not count as new. Throws where the first one cannot be used. `onEvent` is called one at
  /// a time, on a thread of its own.
  public init(
    directories: @escaping @Sendable () -> Set<ByteString>, time: any TimeSource = SystemTimeSource(),
    isSame: @escaping @Sendable (Value, Value) -> Bool = { _, _ in false },
    onEvent: @escaping @Sendable (ReloadEvent<Value>) -> Void,
    load: @escaping @Sendable () throws(PolicyErrors) -> Value
  ) throws(PolicyErrors) {
    self.directories = directories
    self.onEvent = onEvent
    let trigger = Trigger()
    let (watch, problem) = Self.watch(directories(), on: queue) { trigger.pull() }
    value = try ReloadedValue(time: time, isSame: isSame, load: load)
    trigger.connect { [weak self] in self?.changed() }
    changes.withLock { $0 = watch }
    if let problem { queue.async { onEvent(.unwatched(problem)) } }
  }

  /// The one in force. Never waits.
  public var current: ValueSnapshot<Value> { value.current }

  /// Loads it now; returns when that is done and `onEvent` knows.
  public func reload() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.load(isAsked: true)
        continuation.resume()
      }
    }
  }

  /// Hears of no more changes.
  public func stop() { changes.withLock { $0?.stop() } }

  // MARK: On the queue

  private static func watch(
    _ directories: Set<ByteString>, on queue: DispatchQueue, _ onChange: @escaping @Sendable () -> Void
  ) -> (FileChanges?, Diagnostic?) {
    do throws(Diagnostic) {
      let changes = try FileChanges(on: queue, onChange)
      try changes.watch(directories)
      return (changes, nil)
    } catch {
      return (nil, error)
    }
  }

  private func changed() {
    guard changes.withLock({ $0?.read() }) == true else { return }
    let isFirst = isWaiting.withLock { isWaiting in
      defer { isWaiting = true }
      return !isWaiting
    }
    if isFirst { wait(Self.maxPauses) }
  }

  /// Waits for quiet, and then loads.
  private func wait(_ pauses: Int) {
    queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in
      guard let self else { return }
      let goesOn = changes.withLock { $0?.read() } == true
      if goesOn, pauses > 1 { return wait(pauses - 1) }
      isWaiting.withLock { $0 = false }
      load()
    }
  }

  private func load(isAsked: Bool = false) {
    // Before it is loaded: what changes from then on is heard of.
    let directories = directories()
    do throws(Diagnostic) {
      try changes.withLock { $0 }?.watch(directories)
    } catch {
      onEvent(.unwatched(error))
    }
    tell(value.reload(), isAsked: isAsked)
  }

  private func tell(_ event: ReloadEvent<Value>, isAsked: Bool) {
    var isBrokenNow = false
    if case .failed = event { isBrokenNow = true }
    let wasBroken = isBroken.withLock { isBroken in
      defer { isBroken = isBrokenNow }
      return isBroken
    }
    // Directories hold other files too: a log that tells of these events would be a change that leads to the next one.
    if case .unchanged = event, !isAsked, !wasBroken { return }
    onEvent(event)
  }
}

/// Calls what is connected later: an object cannot hand out itself before it is whole.
private final class Trigger: Sendable {
  private let action = Mutex<(@Sendable () -> Void)?>(nil)

  func connect(_ action: @escaping @Sendable () -> Void) { self.action.withLock { $0 = action } }

  func pull() { action.withLock { $0 }?() }
}
