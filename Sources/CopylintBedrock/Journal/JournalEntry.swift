import Copylint

/// One intent to copy, and what became of it.
public struct JournalEntry: Sendable, Equatable {
  /// What became of an intent.
  public enum State: String, Sendable, CaseIterable {
    /// It may have been sent; nobody knows yet what Bedrock made of it.
    case unresolved
    /// Bedrock answered 201.
    case accepted
    /// It certainly had no effect.
    case rejected
  }

  /// Its place in the journal: 1, 2, 3… without a gap.
  public var id: Int64
  /// The destination Region.
  public var region: String
  /// The account, where it is known: 12 digits.
  public var account: String?
  /// The digest of the logical copy.
  public var digest: String
  /// The token that travels with every attempt.
  public var token: String
  /// What became of it.
  public var state: State
  /// The job, once it is accepted.
  public var jobArn: String?
  /// The copy's name, for people.
  public var targetModelName: String
  /// What is copied, for people and for looking the job up.
  public var sourceModelArn: String
  /// When the intent was written, seconds since 1970-01-01T00:00:00Z.
  public var createdAt: Int64
  /// When it was last changed, likewise.
  public var updatedAt: Int64

  /// SHA-256 over all of it: a row that was damaged does not have it any more.
  var checksum: String {
    let parts = [
      String(id), region, account ?? "", digest, token, state.rawValue, jobArn ?? "", targetModelName, sourceModelArn,
      String(createdAt), String(updatedAt),
    ]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    for part in parts {
      bytes += String(part.utf8.count).utf8
      bytes.append(UInt8(ascii: ":"))
      bytes += part.utf8
    }
    return SHA256Digest.hexadecimal(bytes)
  }
}

extension JournalEntry {
  /// Bedrock accepted it. The job's ARN holds the account.
  mutating func accept(_ jobArn: String) {
    state = .accepted
    self.jobArn = jobArn
    account = account ?? Self.place(ofJob: jobArn)?.account
  }

  /// The Region and the account of a job; nil where an ARN has none.
  static func place(ofJob arn: String) -> (region: String, account: String)? {
    let parts = arn.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[4].count == 12 else { return nil }
    return (String(decoding: parts[3], as: UTF8.self), String(decoding: parts[4], as: UTF8.self))
  }
}
