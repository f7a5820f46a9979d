/// Turns what the rules say of one request into findings with places and fingerprints.
struct FindingBuilder {
  let copy: ProposedCopy
  /// Whether what rules propose becomes fixes: only where there is a file to edit.
  let offersFixes: Bool
  private(set) var fingerprints: Fingerprints
  private var findings: [Finding] = []
  /// What the reserved rules say.
  private(set) var reservedResults = RuleResults()

  init(copy: ProposedCopy, fingerprints: Fingerprints, offersFixes: Bool = false) {
    self.copy = copy
    self.offersFixes = offersFixes
    self.fingerprints = fingerprints
  }

  /// Sorted by place, then rule.
  func sorted() -> [Finding] {
    guard findings.count > 1 else { return findings }
    return findings.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.place.range.lowerBound != b.place.range.lowerBound {
        return a.place.range.lowerBound < b.place.range.lowerBound
      }
      return a.rule == b.rule ? left.offset < right.offset : ByteString(a.rule) < ByteString(b.rule)
    }.map(\.element)
  }

  /// Lets waivers and the baseline answer for what they cover.
  mutating func suppress(by suppressions: inout Suppressions, _ request: SuppressedRequest) {
    suppressions.apply(to: &findings, of: request)
  }

  /// Denied by an error that failed and that nobody answers for; undetermined where an error is unknown; else compliant.
  func verdict(_ evaluation: Evaluation) -> RequestVerdict {
    let denies = findings.contains { $0.severity == .error && $0.verdict == .fail && $0.status == .open }
    if denies { return .denied }
    let isUnknown = evaluation.results.contains { $0.severity == .error && $0.verdict == .unknown }
    return isUnknown ? .undetermined : .compliant
  }

  // MARK: Rules

  mutating func add(_ result: Evaluation.Result, _ today: CalendarDate) {
    for violation in result.violations { add(violation, result, .fail, today) }
    let causes = result.causes.intersection(.unreported)
    guard result.verdict == .unknown, !causes.isEmpty else { return }
    add(undecided(causes), result, .unknown, today)
  }

  private func undecided(_ causes: Causes) -> Violation {
    let key = RequestMember.modelKmsKeyId
    let isAboutKey = causes.contains(.kmsKeyWithoutArn)
    return Violation(
      message: "the rule cannot be decided: \(causes.summary)",
      help: isAboutKey ? "use a key ARN" : "name the input with `--stdin-path`",
      pointer: JSONPointer(isAboutKey ? [.key(key.name)] : []), subject: isAboutKey ? key.name : "path",
      value: isAboutKey ? copy.request.modelKmsKeyId.value : nil)
  }

  private mutating func add(
    _ violation: Violation, _ result: Evaluation.Result, _ verdict: Finding.Verdict, _ today: CalendarDate
  ) {
    let settings = result.rule.settings
    let message = violation.message + (result.rule.enforcement(on: today) ?? "")
    let pointer = copy.requestPointer.appending(violation.pointer)
    findings.append(
      Finding(
        rule: result.rule.name, kind: result.rule.kindName, severity: result.severity, verdict: verdict,
        status: .open, message: message,
        help: verdict == .fail ? result.rule.help ?? violation.help : violation.help,
        pointer: copy.document.text.pointer.appending(pointer), place: place(violation, pointer),
        identity: fingerprints.next(rule: result.rule.name, subject: violation.subject, value: violation.value),
        controls: settings.controls.map(\.displayString), policy: result.rule.policy, fix: fix(violation, pointer),
        subject: violation.subject, value: violation.value, isWaivable: verdict == .fail && result.isWaivable))
  }

  private func fix(_ violation: Violation, _ pointer: JSONPointer) -> Fix? {
    guard offersFixes, let proposal = violation.fix else { return nil }
    return FixEdits(document: copy.document).fix(proposal, at: pointer)
  }

  private func place(_ violation: Violation, _ pointer: JSONPointer) -> Place {
    let place = copy.document.place(of: pointer, violation.part == .key ? .key : .value)
    return Place(file: place.file, range: violation.wrongBytes(of: place.range))
  }

  // MARK: Reserved rules

  mutating func addReserved(_ resolved: ResolvedTarget, _ evaluation: Evaluation) {
    var failed: [String] = []
    for (rule, violation) in ReservedRules.violations(copy) {
      failed.append(rule)
      addReserved(rule, violation, .error, .fail)
    }
    for conflict in resolved.conflicts {
      failed.append(ReservedRules.targetConflict)
      let help = "remove one of the two: a copy goes to one place"
      addReserved(ReservedRules.targetConflict, targetViolation(conflict, help), .error, .fail)
    }
    for malformed in resolved.malformed {
      failed.append(ReservedRules.targetMalformed)
      addReserved(ReservedRules.targetMalformed, violation(malformed), .error, .fail)
    }
    let isUndeclared = addUndeclared(resolved, evaluation)
    for (name, _) in ReservedRules.all {
      let isUnknown = isUndeclared && name == ReservedRules.targetUndeclared
      reservedResults[isUnknown ? .unknown : failed.contains(name) ? .fail : .pass].append(name)
    }
  }

  /// One finding for all the rules that wait; none where the target is in conflict or malformed, which is reported
  /// already.
  private mutating func addUndeclared(_ resolved: ResolvedTarget, _ evaluation: Evaluation) -> Bool {
    let unreported = resolved.malformed.reduce(Causes.target) { $0.subtracting($1.part.cause) }
    let waiting = evaluation.waiting(for: unreported)
    guard !waiting.isEmpty, resolved.conflicts.isEmpty else { return false }
    let causes = waiting.reduce(Causes()) { $0.union($1.causes) }.intersection(unreported)
    let names = waiting.map { "`\($0.rule.name)`" }.joined(separator: ", ")
    let parts = [causes.contains(.targetRegion) ? "Region" : nil, causes.contains(.targetAccount) ? "account" : nil]
    let what = parts.compactMap { $0 }
    let verb = what.count > 1 ? "are" : "is"
    let severity = waiting.map(\.severity).max() ?? .error
    let options = [
      causes.contains(.targetRegion) ? "--region" : nil, causes.contains(.targetAccount) ? "--account" : nil,
    ]
    let help =
      "declare it with \(options.compactMap { $0 }.map { "`\($0)`" }.joined(separator: " and ")), "
      + "by the path in `targets` of the configuration, or in an envelope `{\"target\": {…}, \"request\": {…}}`"
    let message = "the target \(what.joined(separator: " and ")) \(verb) not declared; waiting for it: \(names)"
    addReserved(ReservedRules.targetUndeclared, targetViolation(message, help), severity, .unknown)
    return true
  }

  private func violation(_ malformed: MalformedTarget) -> Violation {
    var violation = targetViolation(malformed.message, malformed.help)
    if malformed.source == .envelope { violation.pointer = ProposedCopy.targetPointer.appending(malformed.part.member) }
    violation.value = malformed.value
    return violation
  }

  private func targetViolation(_ message: String, _ help: String) -> Violation {
    let hasTarget = copy.envelope?["target"] != nil
    return Violation(
      message: message, help: help, pointer: hasTarget ? ProposedCopy.targetPointer : copy.requestPointer,
      subject: "target")
  }

  /// The pointers of reserved violations are those of the whole document.
  private mutating func addReserved(
    _ rule: String, _ violation: Violation, _ severity: Severity, _ verdict: Finding.Verdict
  ) {
    findings.append(
      Finding(
        rule: rule, kind: ReservedRules.kind, severity: severity, verdict: verdict, status: .open,
        message: violation.message, help: violation.help,
        pointer: copy.document.text.pointer.appending(violation.pointer), place: place(violation, violation.pointer),
        identity: fingerprints.next(rule: rule, subject: violation.subject, value: violation.value),
        controls: [], policy: nil, fix: fix(violation, violation.pointer), subject: violation.subject,
        value: violation.value))
  }
}
