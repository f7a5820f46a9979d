extension Journal {
  // MARK: While a gate runs

  /// From now on transactions of this journal are with the system when they end, and on disk after the next checkpoint: what
  /// a stop of the machine takes from them is found in the log.
  func rely(on log: RecoveryLog, boot: String) throws(JournalError) {
    try write { try JournalGates.add($0, log, boot: boot) }
    // The row does not depend on the write-ahead log.
    try checkpoint()
    try setDurability("NORMAL")
  }

  /// The log has more lines, goes on as another chain, or has another path: what lines said until then is in transactions
  /// before this one.
  func rely(on log: RecoveryLog, inPlaceOf earlier: RecoveryLog, boot: String) throws(JournalError) {
    try write { database in
      try JournalGates.remove(database, earlier)
      try JournalGates.add(database, log, boot: boot)
    }
  }

  /// From now on transactions are on disk when they end, and so is what was written before.
  func stopRelying(on log: RecoveryLog) throws(JournalError) {
    try setDurability("FULL")
    try write { try JournalGates.remove($0, log) }
  }

  private func setDurability(_ level: String) throws(JournalError) {
    try use { try $0.execute("PRAGMA synchronous = \(level)") }
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
