extension Journal {
  /// What the gate has the journal do for one call.
  enum CallRequest: Sendable {
    /// The intent of a call, whose token is the details' committed one.
    case admit(LogicalCopy, Details)
    /// Bedrock accepted it.
    case accept(JournalEntry, jobArn: String, now: Int64)
    /// It certainly had no effect.
    case reject(JournalEntry, now: Int64)
  }

  /// Does what several calls need in one transaction: when this returns it is in the write-ahead log, which is on disk
  /// unless the journal relies on a decision log. Where that fails, it fails for all.
  func perform(_ requests: [CallRequest]) -> [Result<GateJournal.Admission, JournalError>] {
    do throws(JournalError) {
      return try write { database in
        try requests.map { request -> Result<GateJournal.Admission, JournalError> in
          switch request {
          case .admit(let copy, let details): return try JournalRows.admit(database, copy, details)
          case .accept(let entry, let jobArn, let now):
            try JournalRows.resolve(database, entry, now) { $0.accept(jobArn) }
            return .success(GateJournal.Admission(entry: entry, isNew: false))
          case .reject(let entry, let now):
            try JournalRows.resolve(database, entry, now) { $0.state = .rejected }
            return .success(GateJournal.Admission(entry: entry, isNew: false))
          }
        }
      }
    } catch {
      return requests.map { _ in .failure(error) }
    }
  }
}
