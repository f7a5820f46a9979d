/// Judges requests by a set of rules: pure but for what a run has to remember of its earlier requests.
struct Linter {
  let today: CalendarDate
  let stage: Stage
  /// What answers for findings.
  var suppressions = Suppressions()
  private(set) var earlier = EarlierRequests()
  /// Every request of the run, where they are known before the first is judged: what edits are tried against.
  var all: EarlierRequests?
  private let ordinals = RequestOrdinals()
  /// Whether some rule of the run compares requests with each other. Remembering them all takes memory.
  var remembersRequests = true
  /// Whether findings come with the edits that would mend them: not where there is no file to edit.
  var offersFixes: Bool

  init(today: CalendarDate, stage: Stage = .file) {
    self.today = today
    self.stage = stage
    offersFixes = stage == .file
  }

  /// What is known of an input besides its text.
  struct Input {
    /// As it is reported.
    var path: ByteString
    /// What the field `path` holds; nil for standard input without a name.
    var policyPath: ByteString?
    /// What the path and the options declare.
    var declarations: [TargetDeclaration]
  }

  /// Judges one text: a request or an envelope.
  mutating func judge(_ text: JSONText, _ input: Input, _ rules: RuleSet, limits: JSONLimits) -> Report.Request {
    do {
      let copy = try ProposedCopy(try Document(text, limits: limits))
      let ordinal = ordinal(of: identity(of: copy, input))
      let request = judge(copy, input, rules, ordinal: ordinal)
      return withFixes(request, of: copy, input, rules, limits: limits)
    } catch {
      return .unreadable(error, text, path: input.path)
    }
  }

  /// Keeps of the proposed fixes those that hold.
  func withFixes(
    _ request: Report.Request, of copy: ProposedCopy, _ input: Input, _ rules: RuleSet, limits: JSONLimits
  ) -> Report.Request {
    guard request.findings.contains(where: { $0.fix != nil }) else { return request }
    var request = request
    let name = copy.request.targetModelName.value
    request.keepFixes(that: copy.document.text) { trial(of: $0, inPlaceOf: name, input, rules, limits: limits) }
    return request
  }

  /// Judges a text that would stand in place of the request that copies to `name`, and remembers nothing of it. Of the
  /// run's other requests it sees those that copy to a name which the edit would give it.
  func trial(
    of text: JSONText, inPlaceOf name: ByteString?, _ input: Input, _ rules: RuleSet, limits: JSONLimits
  ) -> Report.Request {
    do {
      let copy = try ProposedCopy(try Document(text, limits: limits))
      var linter = self
      let newName = copy.request.targetModelName.value
      linter.earlier = newName == name ? EarlierRequests() : EarlierRequests((all ?? earlier).named(newName ?? ""))
      return linter.judge(copy, input, rules, ordinal: 0)
    } catch {
      return .unreadable(error, text, path: input.path)
    }
  }

  /// Judges what was parsed already.
  mutating func judge(_ copy: ProposedCopy, _ input: Input, _ rules: RuleSet) -> Report.Request {
    judge(copy, input, rules, ordinal: ordinal(of: identity(of: copy, input)))
  }

  /// What a request is known by among those of the run.
  func identity(of copy: ProposedCopy, _ input: Input) -> RequestOrdinals.Identity {
    let source = copy.request.sourceModelArn.value ?? ""
    let name = copy.request.targetModelName.value ?? ""
    return source.bytes.withUnsafeBufferPointer { source in
      name.bytes.withUnsafeBufferPointer { name in
        RequestOrdinals.Identity(path: input.policyPath ?? input.path, source: source, name: name)
      }
    }
  }

  /// How many requests of the run before this one were like it; counts it.
  func ordinal(of identity: RequestOrdinals.Identity) -> Int { ordinals.next(identity) }

  /// The same for several requests in order, added to `found`.
  func addOrdinals(of identities: [RequestOrdinals.Identity?], to found: inout [Int]) {
    ordinals.next(identities, into: &found)
  }

  /// Judges a request by every rule.
  mutating func judge(
    _ copy: ProposedCopy, _ input: Input, _ rules: RuleSet, ordinal: Int
  ) -> Report.Request {
    let resolved = ResolvedTarget(input.declarations, copy.target)
    let context = RequestContext(
      request: copy.request, target: resolved.target, path: input.policyPath, earlier: earlier)
    let evaluation = Evaluation(rules.rules, context, stage: stage, today: today)
    if remembersRequests { remember(copy, resolved.target) }
    var findings = FindingBuilder(
      copy: copy, fingerprints: fingerprints(copy, input, ordinal), offersFixes: offersFixes)
    findings.addReserved(resolved, evaluation)
    for result in evaluation.results { findings.add(result, today) }
    findings.suppress(
      by: &suppressions,
      SuppressedRequest(copy.request, path: input.policyPath, stage: stage, today: today))
    var results = findings.reservedResults
    for result in evaluation.results { results[result.verdict].append(result.rule.name) }
    results.sort()
    return report(copy, input, resolved, evaluation, findings, results)
  }

  /// Whether requests can be judged by plans, each for itself: nothing answers for findings, no rule compares.
  var allowsPlans: Bool { !remembersRequests && suppressions.isEmpty }

  /// Judges a request by the rules that are known to fail; `results` is what every rule says.
  func judge(
    _ copy: ProposedCopy, _ input: Input, failing rules: [Rule], results: RuleResults, ordinal: Int
  ) -> Report.Request {
    let resolved = ResolvedTarget(input.declarations, copy.target)
    let context = RequestContext(request: copy.request, target: resolved.target, path: input.policyPath)
    let evaluation = Evaluation(rules, context, stage: stage, today: today)
    var findings = FindingBuilder(
      copy: copy, fingerprints: fingerprints(copy, input, ordinal), offersFixes: offersFixes)
    for result in evaluation.results { findings.add(result, today) }
    return report(copy, input, resolved, evaluation, findings, results)
  }

  private func fingerprints(_ copy: ProposedCopy, _ input: Input, _ ordinal: Int) -> Fingerprints {
    Fingerprints(copy.request, path: input.policyPath ?? input.path, ordinal: ordinal)
  }

  /// Takes a text's request for one that came before, without judging it. Returns whether it could be read.
  func remember(_ text: JSONText, _ input: Input, limits: JSONLimits) -> Bool {
    guard let document = try? Document(text, limits: limits), let copy = try? ProposedCopy(document) else {
      return false
    }
    remember(copy, ResolvedTarget(input.declarations, copy.target).target)
    return true
  }

  private func remember(_ copy: ProposedCopy, _ target: Target) {
    guard let name = copy.request.targetModelName.value else { return }
    let pointer = copy.requestPointer.appending(RequestMember.targetModelName.name)
    earlier.append(name, target) { copy.document.place(of: pointer) }
  }

  private func report(
    _ copy: ProposedCopy, _ input: Input, _ resolved: ResolvedTarget, _ evaluation: Evaluation,
    _ findings: FindingBuilder, _ results: RuleResults
  ) -> Report.Request {
    let text = copy.document.text
    var request = Report.Request(
      path: input.path, line: text.file.position(ofByte: text.range.lowerBound).line, pointer: text.pointer,
      verdict: findings.verdict(evaluation),
      target: Report.Target(
        region: resolved.target.region, account: resolved.target.account, declaredBy: resolved.declaredBy),
      results: results, findings: findings.sorted(), error: nil)
    request.repositoryPath = input.policyPath
    request.causes = evaluation.results.reduce([]) { $0.union($1.causes) }
    return request
  }
}

extension Report.Request {
  /// An input that is no request.
  static func unreadable(_ error: Diagnostic, _ text: JSONText, path: ByteString) -> Report.Request {
    var request = unreadable(error, path: path)
    request.line = text.file.position(ofByte: text.range.lowerBound).line
    request.pointer = text.pointer
    return request
  }

  /// An input that could not be read at all.
  static func unreadable(_ error: Diagnostic, path: ByteString) -> Report.Request {
    Report.Request(
      path: path, line: error.place?.start.line ?? 1, pointer: JSONPointer(), verdict: .unreadable,
      target: Report.Target(region: nil, account: nil, declaredBy: nil), results: [:], findings: [], error: error)
  }
}
