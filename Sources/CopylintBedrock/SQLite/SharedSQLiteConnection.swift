import Synchronization

/// A connection that any thread may use, one after the other.
final class SharedSQLiteConnection: Sendable {
  private let lock = Mutex(())
  /// Used under the lock alone.
  private nonisolated(unsafe) let connection: SQLiteConnection

  /// Takes a connection that nothing else uses.
  init(_ connection: sending SQLiteConnection) { self.connection = connection }

  /// Has the connection for itself; the connection must not leave `body`.
  func use<Value: Sendable>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
    try lock.withLock { _ in try body(connection) }
  }
}
