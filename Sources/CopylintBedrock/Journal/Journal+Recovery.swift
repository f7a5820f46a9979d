extension Journal {
  // MARK: While a gate runs

  /// From now on transactions of this journal are with the system when they end, and on disk after the next checkpoint: what
  /// a stop of the machine takes from them is found in the log. Throws where nobody could tell later whether this gate lives:
  /// nobody could bring to the disk what it left when it was killed, and its log would be needed for good.
  func rely(on log: RecoveryLog, boot: String) throws(JournalError) {
    let lock = try holdLock()
    try write { try JournalGates.add($0, log, boot: boot, lock: lock) }
    // The row is on the disk. It need not depend on the write-ahead log either, but calls wait, and others may read for long.
    try? copyRest()
    try setDurability("NORMAL")
  }

  /// The log has more lines, goes on as another chain, or has another path: what lines said until then is in transactions
  /// before this one.
  func rely(on log: RecoveryLog, inPlaceOf earlier: RecoveryLog, boot: String) throws(JournalError) {
    let lock = try holdLock()
    try write { database in
      try JournalGates.remove(database, earlier)
      try JournalGates.add(database, log, boot: boot, lock: lock)
    }
  }

  /// From now on transactions are on disk when they end, and so is what was written before.
  func stopRelying(on log: RecoveryLog) throws(JournalError) {
    try setDurability("FULL")
    try write { try JournalGates.remove($0, log) }
    dropLock()
  }

  private func setDurability(_ level: String) throws(JournalError) {
    try use { try $0.execute("PRAGMA synchronous = \(level)") }
  }

  // MARK: After the end of a gate

  /// Brings to the disk what gates left to the system that were killed in this boot, so that their logs are not needed any
  /// more. What cannot be done now is left to the next one that opens the journal, and in doubt a gate lives.
  func forgetKilled(boot: String) {
    guard let locks = try? use({ try JournalGates.locks($0, boot: boot) }) else { return }
    let locksOfKilled = locks.filter(GateLocks(of: path).isFree)
    guard !locksOfKilled.isEmpty else { return }
    // INVARIANT: they have written all that they ever will. So this transaction comes after all of theirs in the write-ahead
    // log, which is on the disk when it ends: this connection waits for that, and a log that begins anew was copied before.
    // A checkpoint would wait for everybody who reads.
    try? write { database in
      for lock in locksOfKilled { try JournalGates.remove(database, with: lock) }
    }
  }

  // MARK: After a stop of the machine

  /// Gets back from the logs of gates what they wrote last, where the machine has stopped since.
  func recover(boot: String?) throws(JournalError) {
    guard try !use({ try JournalGates.interrupted($0, boot: boot) }).isEmpty else { return }
    try write { database in
      // Another process may have done it meanwhile.
      let logs = try JournalGates.interrupted(database, boot: boot)
      for (path, group) in Dictionary(grouping: logs, by: \.path) {
        try self.recover(database, path, group)
      }
      // Where nobody knows which boot this is, a gate may be running still.
      guard boot != nil else { return }
      for log in logs { try JournalGates.remove(database, log) }
    }
    try checkpoint()
  }

  private func recover(_ database: SQLiteConnection, _ log: String, _ chains: [RecoveryLog]) throws {
    var calls = LoggedCalls(chains)
    do {
      try calls.read(log) { call in try JournalRows.recover(database, call) }
    } catch let error as DecisionLogError {
      throw JournalError.unrecovered(path: path, log: error.path, reason: error.reason)
    }
  }
}

extension JournalRows {
  /// Writes down what is known of a call, where it is not yet. What the journal knows better stays.
  static func recover(_ database: SQLiteConnection, _ call: LoggedCall) throws {
    switch call {
    case .sent(let intent): _ = try admit(database, intent.copy, intent.details)
    case .accepted(let intent, let acceptance):
      guard case .success(let admission) = try admit(database, intent.copy, intent.details) else { return }
      try accept(database, admission.entry, acceptance)
    case .acceptance(let acceptance):
      guard let (region, account) = JournalEntry.place(ofJob: acceptance.jobArn) else { return }
      let entries = try entries(database, withToken: acceptance.token, region: region, account: account)
      if let entry = entries.last { try accept(database, entry, acceptance) }
    }
  }

  private static func accept(
    _ database: SQLiteConnection, _ entry: JournalEntry, _ acceptance: LoggedCall.Acceptance
  ) throws {
    try resolve(database, entry, acceptance.now) { $0.accept(acceptance.jobArn) }
  }
}
