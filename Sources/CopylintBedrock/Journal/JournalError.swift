/// Why the journal stops a submission: without it nobody knows what was sent before.
public enum JournalError: Error, Sendable, Equatable {
  /// It is no journal, or not what was written any more.
  case damaged(path: String, reason: String)
  /// The machine stopped while a gate used it, and the decision log that has what is missing cannot be read.
  case unrecovered(path: String, log: String, reason: String)
  /// It cannot be opened, read or written.
  case unusable(path: String, reason: String)
  /// The committed token was used for another request; Bedrock would take this one for that, without an error.
  case tokenOfAnotherCopy(token: String, other: JournalEntry)
  /// The copy is to be made again, but its committed token stands for the one that was made.
  case tokenSpent(token: String, other: JournalEntry)
}

extension JournalError: CustomStringConvertible {
  /// What is wrong: lowercase, no full stop.
  public var description: String {
    switch self {
    case .damaged(let path, let reason): "the journal `\(path)` is damaged: \(reason)"
    case .unrecovered(let path, let log, let reason):
      "the machine stopped while a gate used the journal `\(path)`, and what that sent last is in `\(log)`: \(reason)"
    case .unusable(let path, let reason): "the journal `\(path)` cannot be used: \(reason)"
    case .tokenOfAnotherCopy(let token, let other):
      "the token `\(token)` was used to copy to `\(other.targetModelName)` with other members"
    case .tokenSpent(let token, let other):
      "the token `\(token)` stands for the copy that was made already, job `\(other.jobArn ?? "unknown")`"
    }
  }

  /// What to do.
  public var help: String {
    switch self {
    case .damaged:
      "nothing is sent, for a copy could be made twice; look with `copylint jobs list` what was copied, then move the file away"
    case .unrecovered:
      "bring that decision log back; only where it is lost for good, name another journal with `--journal FILE`"
    case .unusable: "nothing is sent without it; name another with `--journal FILE`, on a local disk"
    case .tokenOfAnotherCopy: "Bedrock ignores a request whose token it has seen; remove the token, or draw a new one"
    case .tokenSpent: "remove `clientRequestToken`, or commit a new one"
    }
  }
}
