/// Judges the requests of one input, one text after another: by the plan where the scanner can read them, by the
/// reference where it cannot or the plan does not decide. Which of the two it was makes no difference to what comes out.
///
/// Used by one thread.
final class RequestJudge {
  let linter: Linter
  private(set) var input: Linter.Input
  private var rules: RuleSet
  let limits: JSONLimits
  private let workspace: PlanWorkspace
  private var plan: RulePlan?
  private var declared: DeclaredTarget
  /// Of the input, in memory that is used again.
  private var path = ByteBuffer()
  /// Made when the first request is identified.
  private var identityPath: RequestOrdinals.IdentityPath?

  init(
    _ linter: Linter, _ input: Linter.Input, _ rules: RuleSet, limits: JSONLimits, _ workspace: PlanWorkspace
  ) {
    self.workspace = workspace
    (self.linter, self.input, self.rules, self.limits) = (linter, input, rules, limits)
    declared = DeclaredTarget(input.declarations)
    if let policyPath = input.policyPath { path.append(policyPath.bytes) }
  }

  /// Goes on with another input.
  func turn(to shown: ByteString, _ policyPath: ByteString?) {
    (input.path, input.policyPath) = (shown, policyPath)
    path.cut()
    if let policyPath { path.append(policyPath.bytes) }
    identityPath = nil
  }

  /// Goes on by other rules and declarations.
  func turn(to declarations: [TargetDeclaration], _ rules: RuleSet) {
    input.declarations = declarations
    declared = DeclaredTarget(declarations)
    if rules.identity !== self.rules.identity { plan = nil }
    self.rules = rules
  }

  /// A request that is judged but for the ordinal in its fingerprints.
  struct Draft {
    enum State {
      case finished(Report.Request)
      /// The plan found what fails.
      case found(ProposedCopy, failing: [Rule], results: RuleResults)
      /// The reference is to judge it.
      case reference(ProposedCopy)
    }

    var state: State
    /// Nil for what is no request.
    var identity: RequestOrdinals.Identity?
  }

  /// The first half of judging a text.
  func draft(_ text: JSONText) -> Draft {
    text.file.bytes.withUnsafeBufferPointer { bytes in
      draft(bytes.part(text.range.lowerBound, text.range.upperBound), at: text.pointer) { text }
    }
  }

  /// Judges a text.
  func judge(_ text: JSONText) -> Report.Request {
    let draft = draft(text)
    return finish(draft, ordinal: draft.identity.map { linter.ordinal(of: $0) } ?? 0)
  }

  /// The first half of judging a text: everything that does not depend on the requests before it. `text` makes the
  /// text with its file, and is called only where that is needed; `line` is the one it starts on.
  func draft(_ bytes: Span, at pointer: JSONPointer, line: Int? = nil, _ text: () -> JSONText) -> Draft {
    guard let plan = makePlan(), let decided = decide(bytes, plan) else { return referenceDraft(text()) }
    guard decided.decision == .compliant else { return draft(decided, plan, text()) }
    let request = compliant(decided.target, plan, line ?? Self.line(text()), pointer)
    return Draft(state: .finished(request), identity: identity(of: decided.context.request))
  }

  /// A request that is not known to be compliant.
  private func draft(_ decided: Decided, _ plan: RulePlan, _ text: JSONText) -> Draft {
    let scanned = decided.context.request
    let copy = ProposedCopy(scanned, text)
    let state =
      decided.decision == .found
      ? Draft.State.found(copy, failing: plan.failing, results: plan.resultNames()) : .reference(copy)
    return Draft(state: state, identity: identity(of: scanned))
  }

  private static func line(_ text: JSONText) -> Int { text.file.position(ofByte: text.range.lowerBound).line }

  /// The second half: `ordinal` is that of the draft's identity.
  func finish(_ draft: Draft, ordinal: Int) -> Report.Request {
    switch draft.state {
    case .finished(let request): request
    case .found(let copy, let failing, let results):
      withFixes(linter.judge(copy, input, failing: failing, results: results, ordinal: ordinal), of: copy)
    case .reference(let copy): withFixes(byReference(copy, ordinal), of: copy)
    }
  }

  /// Nothing answers for findings where this is used, so that the linter learns nothing from it.
  private func byReference(_ copy: ProposedCopy, _ ordinal: Int) -> Report.Request {
    var linter = linter
    return linter.judge(copy, input, rules, ordinal: ordinal)
  }

  private func withFixes(_ request: Report.Request, of copy: ProposedCopy) -> Report.Request {
    linter.withFixes(request, of: copy, input, rules, limits: limits)
  }

  /// Judges a request for its counts alone; nil where that takes more than the plan.
  func count(_ bytes: Span, into tally: inout StreamTally) -> Bool {
    guard let plan = makePlan(), let decided = decide(bytes, plan), decided.decision != .undecided else {
      return false
    }
    tally.add(plan, decided.decision)
    return true
  }

  /// What became of a request of which nothing but findings is told.
  enum Told {
    /// It has none, and is counted.
    case nothing(RequestOrdinals.Identity)
    case draft(Draft)
  }

  /// Counts a request without findings, and begins to judge any other. `text` is as for `draft`.
  func tell(_ bytes: Span, into tally: inout StreamTally, _ text: () -> JSONText) -> Told {
    guard let plan = makePlan(), let decided = decide(bytes, plan) else { return .draft(referenceDraft(text())) }
    guard decided.decision == .compliant else { return .draft(draft(decided, plan, text())) }
    tally.add(plan, decided.decision)
    return .nothing(identity(of: decided.context.request))
  }

  /// Counts a request without findings; nil for any other.
  func countCompliant(_ bytes: Span, into tally: inout StreamTally) -> RequestOrdinals.Identity? {
    guard let plan = makePlan(), let decided = decide(bytes, plan), decided.decision == .compliant else { return nil }
    tally.add(plan, decided.decision)
    return identity(of: decided.context.request)
  }

  private func identity(of scanned: ScannedRequest) -> RequestOrdinals.Identity {
    let path = identityPath ?? beginIdentities()
    return RequestOrdinals.Identity(path, source: scanned.sourceModelArn, name: scanned.targetModelName)
  }

  private func beginIdentities() -> RequestOrdinals.IdentityPath {
    let path = RequestOrdinals.IdentityPath(input.policyPath ?? input.path)
    identityPath = path
    return path
  }

  /// What declares a target where no envelope does; nil where nothing does.
  var declaredBy: String? { declared.declaredBy }

  /// A request whose line is written but for its fingerprints.
  struct Written {
    let identity: RequestOrdinals.Identity
    let fingerprints: OpenFingerprints.Request
  }

  /// Judges a request and writes its line; nil, with nothing written, where that takes more than the plan.
  func write(
    _ bytes: Span, _ line: Int, _ writer: LineWriter, to output: inout ByteBuffer, _ told: inout ToldFindings,
    _ tally: inout StreamTally
  ) -> Written? {
    guard let plan = makePlan(), let decided = decide(bytes, plan), decided.decision != .undecided else { return nil }
    let judged = LineWriter.Judged(
      plan: plan, context: decided.context, isFromEnvelope: decided.target.isFromEnvelope,
      isCompliant: decided.decision == .compliant, line: line, text: bytes)
    guard let fingerprints = writer.write(judged, to: &output, &told) else { return nil }
    tally.add(plan, decided.decision)
    return Written(identity: identity(of: decided.context.request), fingerprints: fingerprints)
  }

  // MARK: Deciding

  private func makePlan() -> RulePlan? {
    if let plan { return plan }
    plan = workspace.plan(rules, linter)
    return plan
  }

  private struct Decided {
    let decision: RulePlan.Decision
    let target: DeclaredTarget.Parts
    let context: PlanContext
  }

  private func decide(_ bytes: Span, _ plan: RulePlan) -> Decided? {
    guard bytes.count <= limits.maxBytes, workspace.scanner.pointee.scan(bytes),
      let target = declared.parts(of: workspace.scanner.pointee.request)
    else { return nil }
    let context = plan.context(
      workspace.scanner.pointee.request, region: target.region, account: target.account,
      path: input.policyPath == nil ? .absent : path.span)
    return Decided(decision: plan.judge(context), target: target, context: context)
  }

  private func referenceDraft(_ text: JSONText) -> Draft {
    do {
      let copy = try ProposedCopy(try Document(text, limits: limits))
      return Draft(state: .reference(copy), identity: linter.identity(of: copy, input))
    } catch {
      return Draft(state: .finished(.unreadable(error, text, path: input.path)), identity: nil)
    }
  }

  private func compliant(
    _ target: DeclaredTarget.Parts, _ plan: RulePlan, _ line: Int, _ pointer: JSONPointer
  ) -> Report.Request {
    var request = Report.Request(
      path: input.path, line: line, pointer: pointer, verdict: .compliant, target: declared.reported(target),
      results: plan.resultNames())
    request.repositoryPath = input.policyPath
    return request
  }
}
