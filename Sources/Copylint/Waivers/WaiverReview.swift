/// What a run has to say of the waivers themselves.
struct WaiverReview {
  let waivers: Waivers
  let today: CalendarDate
  /// A waiver that holds for as many days or fewer is soon to expire.
  let warningDays: Int

  /// The files with something wrong in them, each with its findings in file order.
  ///
  /// `used` are the waivers that covered a finding, as indices of `waivers.accepted`; nil where not every request was
  /// seen, so that none can be called unused.
  func reports(used: Set<Int>?, at stage: Stage) -> [Report.Request] {
    let all = refusals + waivers.accepted.indices.compactMap { finding(ofAccepted: $0, used: used, stage) }
    return waivers.files.compactMap { file in
      guard let source = file.source else { return nil }
      let own = all.filter { $0.place.file === source }
      return own.isEmpty ? nil : PolicyFileFindings.report(own, source, repositoryPath: file.repositoryPath)
    }
  }

  private var refusals: [PolicyFileFindings.Problem] {
    waivers.refused.map { refused in
      let place = refused.diagnostic.place ?? refused.node.place
      return PolicyFileFindings.Problem(
        rule: refused.rule.name, kind: WaiverRule.pack, severity: refused.rule.severity,
        message: refused.diagnostic.message, help: refused.diagnostic.help, place: place,
        pointer: refused.node.pointer, subject: refused.subject, value: nil)
    }
  }

  private func finding(ofAccepted index: Int, used: Set<Int>?, _ stage: Stage) -> PolicyFileFindings.Problem? {
    let accepted = waivers.accepted[index]
    let waiver = accepted.waiver
    let written = Escaping.quoted(waiver.expires)
    switch waiver.term(on: today, maxDays: accepted.maxDays) {
    case .expired where CalendarDate(waiver.expires) == nil:
      return problem(waiver, .expired, "\(written) is not a date, so the waiver has expired", "write `YYYY-MM-DD`")
    case .expired:
      return problem(
        waiver, .expired, "the waiver expired on \(written)", "mend what it covers, or agree on another date")
    case .tooLong(let latest):
      return problem(
        waiver, .tooLong, "the waiver may last \(WaiverTerm.text(days: accepted.maxDays)), so it covers nothing",
        "\(Escaping.quoted(waiver.rule)) can be waived until `\(latest.description)` at most")
    case .inForce(let daysLeft):
      if let used, !used.contains(index), accepted.stages.contains(stage) {
        return problem(waiver, .unused, "the waiver covers no finding", "remove it", at: "rule")
      }
      guard daysLeft <= warningDays else { return nil }
      let days = daysLeft == 0 ? "expires today" : "expires in \(WaiverTerm.text(days: daysLeft))"
      return problem(
        waiver, .expiring, "the waiver \(days), on \(written)", "mend what it covers, or agree on another date")
    }
  }

  private func problem(
    _ waiver: Waiver, _ rule: WaiverRule, _ message: String, _ help: String, at member: ByteString = "expires"
  ) -> PolicyFileFindings.Problem {
    let node = waiver.node[member] ?? waiver.node
    return PolicyFileFindings.Problem(
      rule: rule.name, kind: WaiverRule.pack, severity: rule.severity, message: message, help: help,
      place: node.place, pointer: node.pointer, subject: waiver.rule, value: identity(waiver))
  }

  /// Tells waivers of one rule apart in fingerprints, and leaves their dates out.
  private func identity(_ waiver: Waiver) -> ByteString {
    let parts = [waiver.path?.source, waiver.targetName, waiver.sourceModel?.source, waiver.subject]
    return ByteString(parts.map { $0?.bytes ?? [] }.joined(separator: [0]))
  }
}
