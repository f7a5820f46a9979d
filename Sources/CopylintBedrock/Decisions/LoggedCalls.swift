import Copylint

/// What a gate's decision log says of a call that it forwarded.
enum LoggedCall {
  /// It was decided, and nobody knows what came of it.
  case sent(Intent)
  /// It was decided, and Bedrock accepted it.
  case accepted(Intent, Acceptance)
  /// Bedrock accepted one whose intent the journal has.
  case acceptance(Acceptance)

  /// What the journal is to hold of a decision.
  struct Intent {
    let copy: LogicalCopy
    let details: Journal.Details
  }

  /// What it is to hold of an outcome.
  struct Acceptance {
    let token: String
    let jobArn: String
    /// Seconds since 1970-01-01T00:00:00Z.
    let now: Int64
  }
}

/// Reads from a decision log which calls gates forwarded, and what became of them.
///
/// A call that was rejected is left out: it had no effect, and an entry of the journal that says less is careful enough.
struct LoggedCalls {
  private var chains: LoggedChains
  /// Calls whose outcome did not come yet, by their decision's id, each with its place among all.
  private var open: [String: (number: Int, intent: LoggedCall.Intent)] = [:]
  private var count = 0

  /// Those of the gates that wrote these chains.
  init(_ logs: [RecoveryLog]) { chains = LoggedChains(logs) }

  /// Calls back for every one: in the order of their outcomes, then those that have none.
  /// Throws where a file cannot be read, or a line is missing.
  mutating func read(_ path: String, _ take: (LoggedCall) throws -> Void) throws {
    for source in try LogFiles.log(path).sources() {
      var reader = try source.reader()
      while let line = try reader.next() {
        guard let bytes = line.bytes, let place = ChainPlace(bytes) else { continue }
        let isKnown = chains.knows(place)
        let record = isKnown ? nil : record(bytes, place)
        guard isKnown || record != nil else { continue }
        if let fault = chains.take(place) { throw DecisionLogError(path: path, reason: fault) }
        if let record, let call = try call(record, source.path) { try take(call) }
      }
    }
    if let fault = chains.fault { throw DecisionLogError(path: path, reason: fault) }
    for (_, intent) in open.values.sorted(by: { $0.number < $1.number }) { try take(.sent(intent)) }
  }

  /// What a line says, where it is of one of the chains. One that a crash cut short says nothing: nothing was sent on it,
  /// and no other comes after it.
  private mutating func record(_ line: [UInt8], _ place: ChainPlace) -> JSONValue? {
    let isOurs = chains.contains(place.chain)
    // A chain that follows another one says so in its first line.
    guard isOurs || place.number == 1 else { return nil }
    let limits = JSONLimits(maxBytes: LogLineReader.maxLineBytes, maxTokens: LogLineReader.maxLineBytes)
    guard let record = try? Document(JSONText(SourceFile(path: "", bytes: line)), limits: limits).root else {
      return nil
    }
    if !isOurs, record.text("kind") == "interruption", let head = record.text("after").flatMap(ChainHead.init) {
      chains.follow(head, as: place.chain)
    }
    return chains.contains(place.chain) ? record : nil
  }

  /// A call whose outcome is this line.
  private mutating func call(_ record: JSONValue, _ path: String) throws(DecisionLogError) -> LoggedCall? {
    guard let id = record.text("id") else { return nil }
    switch record.text("kind") {
    case "decision" where record.text("forwarded") == "yes":
      guard let intent = LoggedCall.Intent(record) else {
        throw DecisionLogError(path: path, reason: "the decision `\(Escaping.visible(id))` does not say what was sent")
      }
      count += 1
      open[id] = (count, intent)
      return nil
    case "outcome": return outcome(record, of: open.removeValue(forKey: id)?.intent)
    default: return nil
    }
  }

  private func outcome(_ record: JSONValue, of intent: LoggedCall.Intent?) -> LoggedCall? {
    switch record.text("outcome").flatMap(OutcomeRecord.Outcome.init) {
    case .accepted, .acceptedBefore:
      guard let acceptance = LoggedCall.Acceptance(record) else { return intent.map { .sent($0) } }
      return intent.map { .accepted($0, acceptance) } ?? .acceptance(acceptance)
    case .rejected: return nil
    case .unknown, nil: return intent.map { .sent($0) }
    }
  }
}

extension LoggedCall.Intent {
  /// Nil where the decision lacks any of it.
  fileprivate init?(_ decision: JSONValue) {
    guard let target = decision["target"], let names = decision["copy"], let region = target.text("region"),
      let digest = decision.text("requestSha256"), let token = names.text("token"),
      let name = names.text("targetModelName"), let source = names.text("sourceModelArn"), let now = decision.seconds
    else { return nil }
    copy = LogicalCopy(region: region, account: target.text("account"), digest: digest)
    details = Journal.Details(committedToken: token, targetModelName: name, sourceModelArn: source, now: now)
  }
}

extension LoggedCall.Acceptance {
  /// Nil where the outcome lacks any of it.
  fileprivate init?(_ outcome: JSONValue) {
    guard let token = outcome.text("token"), let jobArn = outcome.text("jobArn"), let now = outcome.seconds else {
      return nil
    }
    (self.token, self.jobArn, self.now) = (token, jobArn, now)
  }
}

extension JSONValue {
  fileprivate func text(_ member: ByteString) -> String? { self[member]?.string?.displayString }

  /// When the line was written.
  fileprivate var seconds: Int64? {
    self["time"]?.string.flatMap(Timestamp.date).map { Int64($0.timeIntervalSince1970) }
  }
}
