import BedrockClient
import Copylint
import Synchronization

/// The last value that could be loaded from files. A broken one never takes its place.
final class ReloadedValue<Value: Sendable>: Sendable {
  typealias Load = @Sendable () throws(PolicyErrors) -> Value

  private let load: Load
  private let isSame: @Sendable (Value, Value) -> Bool
  private let time: any TimeSource
  private let snapshot: Mutex<ValueSnapshot<Value>>
  /// Held while something is loaded, so that an older load never replaces a newer one.
  private let loading = Mutex(())

  /// Loads the first one. Throws where it cannot be used: there is none before it that could stay.
  init(
    time: any TimeSource = SystemTimeSource(), isSame: @escaping @Sendable (Value, Value) -> Bool,
    load: @escaping Load
  ) throws(PolicyErrors) {
    (self.load, self.isSame, self.time) = (load, isSame, time)
    snapshot = Mutex(ValueSnapshot(value: try load(), generation: 1, loadedAt: time.date))
  }

  /// The one in force. Never waits for one that is being loaded.
  var current: ValueSnapshot<Value> { snapshot.withLock { $0 } }

  /// Loads it anew; what came of it.
  func reload() -> ReloadEvent<Value> {
    loading.withLock { _ in
      do throws(PolicyErrors) {
        return take(try load())
      } catch {
        return .failed(error.diagnostics)
      }
    }
  }

  private func take(_ value: Value) -> ReloadEvent<Value> {
    let before = current
    guard !isSame(before.value, value) else { return .unchanged }
    let next = ValueSnapshot(value: value, generation: before.generation + 1, loadedAt: time.date)
    snapshot.withLock { $0 = next }
    return .loaded(next)
  }
}
