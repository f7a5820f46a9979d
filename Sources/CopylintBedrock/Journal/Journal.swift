import CSQLite
import Glibc
import Synchronization

/// What this host has submitted: an intent is durable before the first byte of it is sent, its outcome after.
///
/// SQLite, in WAL mode with `synchronous=FULL` (a gate's decision log may stand in for that, see `rely`), shared by every
/// process of the user; on local disk, for SQLite's locks are not to be trusted over a network.
public final class Journal: Sendable {
  /// What to do about a copy.
  public enum Beginning: Sendable, Equatable {
    /// Nothing is known of it: the intent is durable now, send it.
    case send(JournalEntry)
    /// An earlier intent was never resolved: look it up, then send it with the same token.
    case resume(JournalEntry)
    /// It was accepted before.
    case accepted(JournalEntry)
  }

  /// What a copy is submitted with besides its identity.
  public struct Details: Sendable {
    /// The token that stands in the request, if one does.
    public var committedToken: String?
    /// The copy's name.
    public var targetModelName: String
    /// What is copied.
    public var sourceModelArn: String
    /// Seconds since 1970-01-01T00:00:00Z.
    public var now: Int64
    /// Whether a copy that was accepted is to be made again.
    public var again = false

    /// The details of one submission.
    public init(
      committedToken: String?, targetModelName: String, sourceModelArn: String, now: Int64, again: Bool = false
    ) {
      self.committedToken = committedToken
      self.targetModelName = targetModelName
      self.sourceModelArn = sourceModelArn
      self.now = now
      self.again = again
    }
  }

  let path: String
  private let database: SharedSQLiteConnection
  private let gateLock = Mutex<GateLock?>(nil)

  /// Opens the journal, or makes a new one, 0600, where none stands. Throws where it is not exactly what was written, or
  /// lacks what a gate wrote before the machine stopped and that gate's decision log cannot be read.
  public convenience init(path: String) throws(JournalError) { try self.init(path: path, boot: MachineBoot.id) }

  init(path: String, boot: String?) throws(JournalError) {
    self.path = path
    let file = JournalFile(path: path)
    if !file.exists {
      try file.makeFolder()
      let draft = try file.makeDraft()
      try JournalSchema.create(at: draft, named: path)
      try file.install(draft)
    }
    try file.check()
    database = try JournalSchema.open(path)
    try verify()
    try recover(boot: boot)
    if let boot { forgetKilled(boot: boot) }
  }

  /// Opens a journal that is there, to read it.
  public convenience init(existingAt path: String) throws(JournalError) {
    guard JournalFile(path: path).exists else { throw JournalError.unusable(path: path, reason: "there is none") }
    try self.init(path: path)
  }

  // MARK: Submissions

  /// Says what to do about a copy, and writes a new intent where there is none. `newToken` is asked for only then.
  public func begin(
    _ copy: LogicalCopy, _ details: Details, newToken: () -> String
  ) throws(JournalError) -> Beginning {
    let beginning = try write { database -> Result<Beginning, JournalError> in
      let earlier = try JournalRows.entries(database, of: copy)
      if let token = details.committedToken,
        let other = try JournalRows.entries(database, withToken: token, in: copy).first(where: {
          $0.digest != copy.digest
        })
      {
        return .failure(.tokenOfAnotherCopy(token: token, other: other))
      }
      if let open = earlier.last(where: { $0.state == .unresolved }) { return .success(.resume(open)) }
      if let made = earlier.last(where: { $0.state == .accepted }) {
        guard details.again else { return .success(.accepted(made)) }
        if let token = details.committedToken, earlier.contains(where: { $0.token == token && $0.state == .accepted }) {
          return .failure(.tokenSpent(token: token, other: made))
        }
      }
      let entry = try JournalRows.insert(database, copy, details, token: details.committedToken ?? newToken())
      return .success(.send(entry))
    }
    try checkpoint()
    switch beginning {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }

  /// Writes down that Bedrock accepted it. The job's ARN holds the account.
  public func accept(_ entry: JournalEntry, jobArn: String, now: Int64) throws(JournalError) {
    try resolve(entry, now) { $0.accept(jobArn) }
  }

  /// Writes down that it certainly had no effect.
  public func reject(_ entry: JournalEntry, now: Int64) throws(JournalError) {
    try resolve(entry, now) { $0.state = .rejected }
  }

  /// Every entry, the newest last.
  public func entries() throws(JournalError) -> [JournalEntry] { try write { try JournalRows.all($0) } }

  private func resolve(
    _ entry: JournalEntry, _ now: Int64, _ change: (inout JournalEntry) -> Void
  ) throws(JournalError) {
    try write { try JournalRows.resolve($0, entry, now, change) }
    try checkpoint()
  }

  // MARK: SQLite

  /// Every row as it was written, none missing, and SQLite's own check.
  private func verify() throws(JournalError) {
    let fault = try write { database -> String? in
      let answer = try database.text("PRAGMA integrity_check(1)") ?? "no answer"
      return answer == "ok" ? try JournalRows.fault(database) : answer
    }
    if let fault { throw JournalError.damaged(path: path, reason: fault) }
  }

  /// What only the write-ahead log holds is lost with that file. SQLite refuses at once, whatever time it is given,
  /// while another process does the same: then it is tried again. Where one reads what was there before, SQLite takes its
  /// own time, and that is enough.
  func checkpoint() throws(JournalError) {
    let end = ContinuousClock.now + Self.checkpointPatience
    while true {
      do {
        return try database.use { try $0.checkpoint() }
      } catch let error as SQLiteError where error.code == SQLITE_BUSY && ContinuousClock.now < end {
        usleep(Self.checkpointPause)
      } catch {
        throw JournalSchema.error(error, path)
      }
    }
  }

  /// Copies from the write-ahead log what no other process reads or writes there, and waits for none. Where that is all of
  /// it, the log begins anew with the next write.
  func copyRest() throws(JournalError) {
    do {
      _ = try database.use { try $0.checkpointBesideOthers() }
    } catch {
      throw JournalSchema.error(error, path)
    }
  }

  /// Those that hold nobody up.
  var checkpoints: JournalCheckpoints { JournalCheckpoints(path: path) }

  private static let checkpointPatience = Duration.seconds(10)
  /// In microseconds.
  private static let checkpointPause: UInt32 = 5000

  func use<Value: Sendable>(_ body: (SQLiteConnection) throws -> Value) throws(JournalError) -> Value {
    do { return try database.use(body) } catch { throw JournalSchema.error(error, path) }
  }

  func write<Value: Sendable>(_ body: (SQLiteConnection) throws -> Value) throws(JournalError) -> Value {
    try use { connection in try connection.transaction { try body(connection) } }
  }

  // MARK: The gate's lock

  /// INVARIANT: held for as long as transactions of this connection may end without the disk.
  func holdLock() throws(JournalError) -> GateLock.Name {
    try gateLock.withLock { held throws(JournalError) in
      if let held { return held.name }
      let lock = try GateLocks(of: path).take()
      held = lock
      return lock.name
    }
  }

  /// To be called when they wait for the disk again.
  func dropLock() { gateLock.withLock { $0 = nil } }
}
