/// The findings of one file that a waiver is to be written for.
struct WaivedFindings {
  /// A finding, with what a waiver may ask of its request.
  struct Item {
    var finding: Finding
    var request: SuppressedRequest
  }

  private let items: [Item]
  private let shown: ByteString

  /// Judges the file as a check would. Throws where it cannot be judged.
  init(_ options: CheckOptions, _ policy: inout Policy, _ files: [WaiverFile]) throws(PolicyErrors) {
    var selection = FileSelection(options, policy)
    guard selection.inputs.count == 1, let input = selection.inputs.first else {
      let problem = Diagnostic("a waiver is for one file", help: "name the file, and the line with `PATH:LINE`")
      throw PolicyErrors(selection.problems.isEmpty ? [problem] : selection.problems)
    }
    let rules = policy.rules(for: input.policyPath)
    if policy.comparesRequests { selection.findContext() } else { selection.context = [] }
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    let reader = RequestReader(isLines: options.ndjson, limits: JSONLimits(maxBytes: options.maxBytes))
    var linter = Linter(today: options.today)
    linter.suppressions.waivers = Waivers(files, rules: policy.rulesByName())
    for other in selection.context {
      let known = Self.known(of: other, policy, options)
      reader.forEachRequest(of: other) { entry in
        if case .text(let text) = entry { _ = linter.remember(text, known, limits: reader.limits) }
      }
    }
    items = try Self.items(of: input, reader, Self.known(of: input, policy, options), rules, &linter)
    shown = input.shown
  }

  private static func items(
    of input: FileSelection.Input, _ reader: RequestReader, _ known: Linter.Input, _ rules: RuleSet,
    _ linter: inout Linter
  ) throws(PolicyErrors) -> [Item] {
    var items: [Item] = []
    var problems: [Diagnostic] = []
    reader.forEachRequest(of: input) { entry in
      do throws(Diagnostic) {
        let copy = try entry.copy(reader.limits)
        let request = SuppressedRequest(copy.request, path: input.policyPath, stage: .file, today: linter.today)
        items += linter.judge(copy, known, rules).findings.map { Item(finding: $0, request: request) }
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw PolicyErrors(problems) }
    return items
  }

  private static func known(of input: FileSelection.Input, _ policy: Policy, _ options: CheckOptions) -> Linter.Input {
    Linter.Input(
      path: input.shown, policyPath: input.policyPath, declarations: policy.declarations(for: input.policyPath, options)
    )
  }

  /// The findings of a rule, on a line where one is given, that may be waived and are not. Throws, saying what to do,
  /// when there is none, or more than one and no line.
  func of(_ rule: ByteString, line: Int?) throws(Diagnostic) -> [Item] {
    let ofRule = items.filter { ByteString($0.finding.rule) == rule }
    let name = Escaping.quoted(rule)
    guard !ofRule.isEmpty else { throw nothing(of: rule) }
    let found = line.map { line in ofRule.filter { $0.finding.place.start.line == line } } ?? ofRule
    guard let first = found.first else {
      throw Diagnostic(
        "\(name) has no finding on line \(line ?? 0)", help: "its findings are on \(Self.lines(ofRule))", path: shown)
    }
    if let refused = found.first(where: { !$0.finding.isWaivable }) {
      let isUnknown = refused.finding.verdict == .unknown
      throw Diagnostic(
        isUnknown ? "\(name) could not be decided, and what is unknown cannot be waived" : "\(name) cannot be waived",
        help: refused.finding.help, at: refused.finding.place)
    }
    let open = found.filter { $0.finding.status == .open }
    guard !open.isEmpty else {
      let until = first.finding.waiver.map { "`\($0.expires.description)`" } ?? ""
      throw Diagnostic(
        "\(name) is waived already, until \(until)", help: "change `expires` of that entry", at: first.finding.place)
    }
    guard open.count == 1 || line != nil else {
      throw Diagnostic(
        "\(name) has \(open.count) findings", help: "choose one with `PATH:LINE`: they are on \(Self.lines(open))",
        path: shown)
    }
    return open
  }

  private func nothing(of rule: ByteString) -> Diagnostic {
    let rules = Set(items.filter { $0.finding.status == .open }.map { ByteString($0.finding.rule) }).sorted()
    let others =
      rules.isEmpty
      ? "nothing fails there" : "what fails there: \(GlobList.alternatives(rules.map { Escaping.quoted($0) }))"
    return Diagnostic(
      "\(Escaping.quoted(rule)) has no finding", help: Suggestion.help(for: rule, among: rules) ?? others, path: shown)
  }

  private static func lines(_ items: [Item]) -> String {
    let numbers = Set(items.map(\.finding.place.start.line)).sorted()
    return (numbers.count == 1 ? "line " : "lines ") + numbers.map(String.init).joined(separator: ", ")
  }
}

extension RequestReader.Entry {
  /// The request; throws why it is none.
  fileprivate func copy(_ limits: JSONLimits) throws(Diagnostic) -> ProposedCopy {
    switch self {
    case .text(let text): return try ProposedCopy(try Document(text, limits: limits))
    case .unreadable(let request): throw request.error ?? Diagnostic("cannot be read", path: request.path)
    }
  }
}
