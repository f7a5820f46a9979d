import Copylint

/// A call that a gate's decision log says it forwarded.
struct LoggedCall {
  let copy: LogicalCopy
  let details: Journal.Details
  /// The job, where Bedrock accepted it. Nil where nobody knows.
  var jobArn: String?
}

/// Reads from a decision log which calls gates forwarded, and what became of them.
///
/// A call that was rejected is left out: it had no effect, and an entry of the journal that says less is careful enough.
struct LoggedCalls {
  private let chains: Set<String>
  /// Those of which nothing was read.
  private var missing: Set<String>
  /// Calls whose outcome did not come yet, by their decision's id, each with its place among all.
  private var open: [String: (number: Int, call: LoggedCall)] = [:]
  private var count = 0

  /// Those of the gates whose lines form these chains.
  init(_ chains: Set<String>) { (self.chains, missing) = (chains, chains) }

  /// Calls back for every one: in the order of their outcomes, then those that have none.
  /// Throws where a file cannot be read, or none has a line of one of the chains.
  mutating func read(_ path: String, _ take: (LoggedCall) throws -> Void) throws {
    for source in try LogFiles.log(path).sources() {
      var reader = try source.reader()
      while let line = try reader.next() {
        guard let bytes = line.bytes, let place = ChainPlace(bytes), chains.contains(place.chain) else { continue }
        missing.remove(place.chain)
        if let call = try call(bytes, source.path) { try take(call) }
      }
    }
    if let chain = missing.first {
      throw DecisionLogError(path: path, reason: "it has no line of the chain `\(chain)`")
    }
    for (_, call) in open.values.sorted(by: { $0.number < $1.number }) { try take(call) }
  }

  /// A call whose outcome is this line. A line that a crash cut short says nothing: nothing was sent on it.
  private mutating func call(_ line: [UInt8], _ path: String) throws(DecisionLogError) -> LoggedCall? {
    let limits = JSONLimits(maxBytes: LogLineReader.maxLineBytes, maxTokens: LogLineReader.maxLineBytes)
    let text = JSONText(SourceFile(path: "", bytes: line))
    guard let record = try? Document(text, limits: limits).root, let id = record.text("id") else { return nil }
    switch record.text("kind") {
    case "decision" where record.text("forwarded") == "yes":
      guard let call = LoggedCall(record) else {
        throw DecisionLogError(path: path, reason: "the decision `\(Escaping.visible(id))` does not say what was sent")
      }
      count += 1
      open[id] = (count, call)
      return nil
    case "outcome": return open.removeValue(forKey: id)?.call.ended(record)
    default: return nil
    }
  }
}

extension LoggedCall {
  /// Nil where the decision lacks any of it.
  fileprivate init?(_ decision: JSONValue) {
    guard let target = decision["target"], let names = decision["copy"], let region = target.text("region"),
      let digest = decision.text("requestSha256"), let token = names.text("token"),
      let name = names.text("targetModelName"), let source = names.text("sourceModelArn"),
      let date = decision["time"]?.string.flatMap(Timestamp.date)
    else { return nil }
    copy = LogicalCopy(region: region, account: target.text("account"), digest: digest)
    details = Journal.Details(
      committedToken: token, targetModelName: name, sourceModelArn: source, now: Int64(date.timeIntervalSince1970))
  }

  fileprivate func ended(_ outcome: JSONValue) -> LoggedCall? {
    var call = self
    switch outcome.text("outcome").flatMap(OutcomeRecord.Outcome.init) {
    case .accepted, .acceptedBefore: call.jobArn = outcome.text("jobArn")
    case .rejected: return nil
    case .unknown, nil: break
    }
    return call
  }
}

extension JSONValue {
  fileprivate func text(_ member: ByteString) -> String? { self[member]?.string?.displayString }
}
