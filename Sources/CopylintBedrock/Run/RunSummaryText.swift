import Copylint

/// The summary of a run for people, on standard error after the command's own output. Nothing of a request is in it
/// unescaped.
package struct RunSummaryText {
  private let summary: RunSummary

  private let upstream: String

  /// `upstream` is who the copies were sent to.
  package init(_ summary: RunSummary, upstream: String = "Bedrock") {
    (self.summary, self.upstream) = (summary, upstream)
  }

  /// The lines; none where no copy was asked for and nothing refused, unless `isVerbose`.
  package func lines(isVerbose: Bool = false) -> [String] {
    let counts = [
      count(summary.forwardedCount - summary.unsentCount, "copy", "copies", "sent to \(upstream)"),
      count(summary.unsentCount, "copy", "copies", "let through and not sent"),
      count(summary.deniedCount, "copy", "copies", "denied"),
      count(summary.refusedCount, "call", "calls", "refused"),
      isVerbose ? count(summary.passedCount, "other call", "other calls", "passed on") : nil,
    ].compactMap { $0 }
    guard !counts.isEmpty else { return isVerbose ? ["copylint run: no call came to the gate"] : [] }
    return ["copylint run: \(counts.joined(separator: ", "))"]
      + told(summary.forwarded, of: summary.forwardedCount, "let through", by: forwarded)
      + told(summary.denied, of: summary.deniedCount, "denied", by: denied)
      + told(summary.refused, of: summary.refusedCount, "refused") { ["  refused: \(Escaping.visible($0.reason))"] }
  }

  /// How many of a kind are told of.
  private static let limit = 20

  private func told<Item>(
    _ items: [Item], of count: Int, _ what: String, by lines: (Item) -> [String]
  ) -> [String] {
    let rest = count - min(items.count, Self.limit)
    return items.prefix(Self.limit).flatMap(lines) + (rest > 0 ? ["  … and \(rest) more \(what)"] : [])
  }

  private func count(_ count: Int, _ one: String, _ many: String, _ what: String) -> String? {
    count == 0 ? nil : "\(count) \(count == 1 ? one : many) \(what)"
  }

  private func forwarded(_ copy: RunSummary.Copy) -> [String] {
    let (decision, outcome) = (copy.decision, copy.outcome)
    let words =
      switch outcome.outcome {
      case .accepted, .acceptedBefore: "sent, job \(Escaping.quoted(ByteString(outcome.jobArn ?? "")))"
      case .rejected where copy.isUnsent: "not sent: \(Escaping.visible(outcome.error ?? "no reason given"))"
      case .rejected: "rejected by \(upstream): \(Escaping.visible(outcome.error ?? "no reason given"))"
      case .unknown: "the outcome is unknown: \(Escaping.visible(outcome.error ?? "no answer came"))"
      }
    let line = "  \(place(decision)): \(words)" + (copy.attempts > 1 ? ", after \(copy.attempts) attempts" : "")
    return decision.isCompliant ? [line] : [line, "    not compliant, and sent all the same"] + findings(decision)
  }

  private func denied(_ decision: GateDecision) -> [String] {
    ["  \(place(decision)): denied (decision \(Escaping.visible(decision.id)))"] + findings(decision)
  }

  private func place(_ decision: GateDecision) -> String {
    let name = decision.targetModelName.map { Escaping.quoted($0) } ?? "a request without a name"
    return "\(name) in \(Escaping.visible(decision.region))"
  }

  private func findings(_ decision: GateDecision) -> [String] {
    decision.report.findings.filter { $0.status == .open && $0.severity == .error }.flatMap { finding in
      let pointer = finding.pointer.description.displayString
      let line = "    \(pointer.isEmpty ? "/" : pointer) \(finding.rule): \(finding.message)"
      return [line, finding.help.map { "      = help: \($0)" }].compactMap { $0 }.map { Escaping.visible($0) }
    }
  }
}
