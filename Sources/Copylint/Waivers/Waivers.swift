/// The waivers of a run, matched with the rules that they are for.
struct Waivers: Sendable {
  /// A waiver that counts on the days it holds.
  struct Accepted: Sendable {
    var waiver: Waiver
    /// The fewest days that any rule of its name allows.
    var maxDays: Int
    /// Where rules of its name run: a waiver is idle elsewhere.
    var stages: Set<Stage>
  }

  /// An entry that never counts.
  struct Refused: Sendable {
    var rule: WaiverRule
    var diagnostic: Diagnostic
    var node: Node
    /// Part of the finding's fingerprint.
    var subject: ByteString
  }

  let files: [WaiverFile]
  private(set) var accepted: [Accepted] = []
  private(set) var refused: [Refused] = []

  /// No waiver.
  init() { files = [] }

  /// `rules` are all that are in force somewhere, by name; they are put together only where there is a waiver.
  init(_ files: [WaiverFile], rules: @autoclosure () -> [ByteString: [Rule]]) {
    self.files = files
    guard !files.isEmpty else { return }
    let rules = rules()
    var seen: [Waiver.Identity: Node] = [:]
    for entry in files.flatMap(\.entries) {
      switch entry {
      case .malformed(let diagnostics, let node):
        refused += diagnostics.map {
          Refused(rule: .malformed, diagnostic: $0, node: node, subject: node["rule"]?.value.string ?? "")
        }
      case .waiver(let waiver): add(waiver, rules, &seen)
      }
    }
  }

  private mutating func add(
    _ waiver: Waiver, _ rules: [ByteString: [Rule]], _ seen: inout [Waiver.Identity: Node]
  ) {
    if let first = seen[waiver.identity]?.place {
      let place = "\(Escaping.quoted(first.file.path)), line \(first.start.line)"
      return refuse(
        waiver, .duplicate, "the waiver stands twice", help: "the first is in \(place); remove one", at: nil)
    }
    seen[waiver.identity] = waiver.node
    let name = Escaping.quoted(waiver.rule)
    if ReservedRules.packNames.contains(where: { waiver.rule.starts(with: $0.asPack) }) {
      return refuse(waiver, .notWaivable, "\(name) cannot be waived", help: "mend what it reports", at: "rule")
    }
    guard let found = rules[waiver.rule], !found.isEmpty else {
      let help = Suggestion.help(for: waiver.rule, among: Array(rules.keys.sorted()))
      return refuse(
        waiver, .unknownRule, "no rule \(name) is in force",
        help: help ?? "`copylint rules` lists the rules; remove the waiver if the rule is gone", at: "rule")
    }
    guard found.allSatisfy({ $0.settings.waivable ?? true }) else {
      return refuse(
        waiver, .notWaivable, "\(name) cannot be waived", help: "the rule says so; mend the request", at: "rule")
    }
    let days = found.map { $0.settings.maxWaiverDays ?? WaiverTerm.defaultMaxDays }.min()
    accepted.append(
      Accepted(
        waiver: waiver, maxDays: days ?? WaiverTerm.defaultMaxDays, stages: Set(found.flatMap(\.stages))))
  }

  private mutating func refuse(
    _ waiver: Waiver, _ rule: WaiverRule, _ message: String, help: String, at member: ByteString?
  ) {
    let place = (member.flatMap { waiver.node[$0] } ?? waiver.node).place
    refused.append(
      Refused(
        rule: rule, diagnostic: Diagnostic(message, help: help, at: place), node: waiver.node, subject: waiver.rule))
  }

  /// The waivers that cover a finding on the day and at the stage of the request, as indices of `accepted`. Pure: the
  /// same arguments give the same answer at a commit, a submission and the gate.
  func covering(_ finding: Finding, of request: SuppressedRequest) -> [Int] {
    guard finding.isWaivable, finding.verdict == .fail else { return [] }
    return accepted.indices.filter { index in
      let (waiver, maxDays) = (accepted[index].waiver, accepted[index].maxDays)
      guard waiver.covers(finding, of: request), case .inForce = waiver.term(on: request.today, maxDays: maxDays) else {
        return false
      }
      return true
    }
  }

  /// Marks the open findings that a waiver covers. Returns which waivers did.
  func apply(to findings: inout [Finding], of request: SuppressedRequest) -> Set<Int> {
    guard !accepted.isEmpty else { return [] }
    var used: Set<Int> = []
    for index in findings.indices where findings[index].status == .open {
      let covering = covering(findings[index], of: request)
      guard let first = covering.first else { continue }
      used.formUnion(covering)
      findings[index].status = .waived
      findings[index].waiver = AppliedWaiver(accepted[first].waiver)
    }
    return used
  }
}

extension AppliedWaiver {
  /// Nil when its date is none; such a waiver is expired.
  fileprivate init?(_ waiver: Waiver) {
    guard let expires = CalendarDate(waiver.expires) else { return nil }
    self.init(reason: waiver.reason, owner: waiver.owner, ticket: waiver.ticket, expires: expires)
  }
}
