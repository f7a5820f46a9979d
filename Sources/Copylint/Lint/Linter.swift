/// Judges requests by a set of rules: pure but for what a run has to remember of its earlier requests.
struct Linter {
  let today: CalendarDate
  let stage: Stage
  /// What answers for findings.
  var suppressions = Suppressions()
  private(set) var earlier = EarlierRequests()
  /// Every request of the run, where they are known before the first is judged: what edits are tried against.
  var all: EarlierRequests?
  private var fingerprints = Fingerprints()

  init(today: CalendarDate, stage: Stage = .file) {
    self.today = today
    self.stage = stage
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
      var request = judge(copy, input, rules)
      if request.findings.contains(where: { $0.fix != nil }) {
        let name = copy.request.targetModelName.value
        request.keepFixes(that: text) { [self] in trial(of: $0, inPlaceOf: name, input, rules, limits: limits) }
      }
      return request
    } catch {
      return .unreadable(error, text, path: input.path)
    }
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
      return linter.judge(copy, input, rules)
    } catch {
      return .unreadable(error, text, path: input.path)
    }
  }

  /// Judges what was parsed already.
  mutating func judge(_ copy: ProposedCopy, _ input: Input, _ rules: RuleSet) -> Report.Request {
    let resolved = ResolvedTarget(input.declarations + [copy.target].compactMap { $0 })
    let context = RequestContext(
      request: copy.request, target: resolved.target, path: input.policyPath, earlier: earlier)
    let evaluation = Evaluation(rules.rules, context, stage: stage, today: today)
    remember(copy, resolved.target)
    fingerprints.begin(copy.request, path: input.policyPath ?? input.path)
    var findings = FindingBuilder(copy: copy, fingerprints: fingerprints, offersFixes: stage == .file)
    findings.addReserved(resolved, evaluation)
    for result in evaluation.results { findings.add(result, today) }
    fingerprints = findings.fingerprints
    findings.suppress(
      by: &suppressions,
      SuppressedRequest(copy.request, path: input.policyPath, stage: stage, today: today))
    return report(copy, input, resolved, evaluation, findings)
  }

  /// Takes a text's request for one that came before, without judging it. Returns whether it could be read.
  func remember(_ text: JSONText, _ input: Input, limits: JSONLimits) -> Bool {
    guard let document = try? Document(text, limits: limits), let copy = try? ProposedCopy(document) else {
      return false
    }
    remember(copy, ResolvedTarget(input.declarations + [copy.target].compactMap { $0 }).target)
    return true
  }

  private func remember(_ copy: ProposedCopy, _ target: Target) {
    guard let name = copy.request.targetModelName.value else { return }
    let pointer = copy.requestPointer.appending(RequestMember.targetModelName.name)
    earlier.append(name, target) { copy.document.place(of: pointer) }
  }

  private func report(
    _ copy: ProposedCopy, _ input: Input, _ resolved: ResolvedTarget, _ evaluation: Evaluation,
    _ findings: FindingBuilder
  ) -> Report.Request {
    var results = findings.reservedResults
    for result in evaluation.results { results[result.verdict, default: []].append(result.rule.name) }
    let text = copy.document.text
    var request = Report.Request(
      path: input.path, line: text.file.position(ofByte: text.range.lowerBound).line, pointer: text.pointer,
      verdict: findings.verdict(evaluation),
      target: Report.Target(
        region: resolved.target.region, account: resolved.target.account, declaredBy: resolved.declaredBy),
      results: results.mapValues { $0.sorted { ByteString($0) < ByteString($1) } },
      findings: findings.sorted(), error: nil)
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
