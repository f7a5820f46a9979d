/// Where this host keeps what it submitted and decided.
public struct StatePaths: Sendable {
  /// The journal.
  public var journal: String
  /// The decision log.
  public var decisionLog: String
  /// How the decision log is kept.
  public var logOptions = DecisionLogOptions()

  /// These paths.
  public init(journal: String, decisionLog: String) {
    self.journal = journal
    self.decisionLog = decisionLog
  }

  /// `copylint` beneath `$XDG_STATE_HOME`, or beneath `~/.local/state` (XDG Base Directory Specification, which has
  /// relative paths ignored). Nil where neither is known.
  public static func standard(home: String?, stateHome: String?) -> StatePaths? {
    let isAbsolute = { (path: String) in path.utf8.first == UInt8(ascii: "/") }
    guard let base = stateHome.flatMap({ isAbsolute($0) ? $0 : nil }) ?? home.map({ "\($0)/.local/state" }) else {
      return nil
    }
    return StatePaths(journal: "\(base)/copylint/journal.sqlite", decisionLog: "\(base)/copylint/decisions.jsonl")
  }

  /// The decision log, opened; made where it is not there.
  public func openLog() throws -> DecisionLog {
    do throws(JournalError) {
      try JournalFile(path: decisionLog).makeFolder()
    } catch {
      guard case .unusable(let path, let reason) = error else { throw error }
      throw DecisionLogError(path: path, reason: reason)
    }
    return try DecisionLog(path: decisionLog, options: logOptions)
  }

  /// A submitter over the journal, which is made where it is not there.
  public func submitter(_ log: DecisionLog) throws -> Submitter {
    Submitter(journal: try Journal(path: journal), log: log)
  }
}
