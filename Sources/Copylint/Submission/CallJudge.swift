import Synchronization

/// Judges calls by the plan of a policy's rules, over their bytes where they stand. What the plan cannot say is left to
/// the reference; which of the two it was makes no difference to what comes out.
///
/// `@unchecked Sendable`: `CallJudges` hands it to one thread at a time.
final class CallJudge: @unchecked Sendable {
  let today: CalendarDate
  private let plan: RulePlan?
  private let workspace = PlanWorkspace(warmUp: 0)
  private let linter: Linter
  private let answersFindings: Bool
  /// Where the last call went: most go there.
  private var last: KnownDestination?

  init(_ rules: RuleSet, _ waivers: Waivers, today: CalendarDate) {
    self.today = today
    plan = RulePlan(rules.rules, stage: .gate, today: today)
    linter = CallPolicy.linter(Waivers(), today)
    var suppressions = Suppressions()
    suppressions.waivers = waivers
    answersFindings = !suppressions.isEmpty
  }

  /// Nil for what the plan cannot say.
  func judge(_ body: [UInt8], to destination: CallPolicy.Destination, maxBytes: Int) -> Submission? {
    guard let plan, body.count <= maxBytes else { return nil }
    let known = known(destination)
    return body.withUnsafeBufferPointer { bytes in
      guard workspace.scanner.pointee.scan(bytes) else { return nil }
      let scanned = workspace.scanner.pointee.request
      guard !scanned.isEnvelope, let target = known.declared.parts(of: scanned) else { return nil }
      switch plan.judge(plan.context(scanned, region: target.region, account: target.account, path: .absent)) {
      case .compliant: return compliant(scanned, body, plan, known.declared.reported(target))
      case .found where !answersFindings: return found(scanned, body, plan, known.input)
      case .found, .undecided: return nil
      }
    }
  }

  private func compliant(
    _ scanned: ScannedRequest, _ body: [UInt8], _ plan: RulePlan, _ target: Report.Target
  ) -> Submission {
    let report = Report.Request(
      path: CallPolicy.path, line: 1, pointer: JSONPointer(), verdict: .compliant, target: target,
      results: plan.resultNames())
    return Submission(report: report, values: CopyValues(ProposedCopy(scanned, CallPolicy.text(body)).request))
  }

  private func found(
    _ scanned: ScannedRequest, _ body: [UInt8], _ plan: RulePlan, _ input: Linter.Input
  ) -> Submission {
    let copy = ProposedCopy(scanned, CallPolicy.text(body))
    let report = linter.judge(copy, input, failing: plan.failing, results: plan.resultNames(), ordinal: 0)
    return Submission(report: report, values: CopyValues(copy.request))
  }

  private func known(_ destination: CallPolicy.Destination) -> KnownDestination {
    if let last, last.isSame(as: destination) { return last }
    let known = KnownDestination(destination)
    last = known
    return known
  }
}

/// A destination with what is made of it for each call.
private final class KnownDestination {
  private let destination: CallPolicy.Destination
  let input: Linter.Input
  let declared: DeclaredTarget

  init(_ destination: CallPolicy.Destination) {
    self.destination = destination
    input = CallPolicy.input(destination)
    declared = DeclaredTarget(input.declarations)
  }

  func isSame(as other: CallPolicy.Destination) -> Bool {
    destination.region.utf8.elementsEqual(other.region.utf8) && destination.account == other.account
  }
}

/// The judges of one policy: as many as threads judge at one time.
final class CallJudges: Sendable {
  private static let maxKept = 8
  private let free = Mutex<[CallJudge]>([])

  /// Has a judge for itself.
  func use<Value>(_ rules: RuleSet, _ waivers: Waivers, today: CalendarDate, _ body: (CallJudge) -> Value) -> Value {
    let kept = free.withLock { free -> CallJudge? in
      guard let last = free.popLast() else { return nil }
      if last.today == today { return last }
      // Those of another day are of no use any more.
      free = []
      return nil
    }
    let judge = kept ?? CallJudge(rules, waivers, today: today)
    let value = body(judge)
    free.withLock { if $0.count < Self.maxKept { $0.append(judge) } }
    return value
  }
}
