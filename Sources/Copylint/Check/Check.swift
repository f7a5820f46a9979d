/// One run of `copylint check`: packs, files, requests, report, exit code.
public struct Check {
  private let options: CheckOptions
  private var policy: Policy
  private var selection: FileSelection?
  private var linter: Linter
  private let workspace = PlanWorkspace(warmUp: 3)
  private let content = FileBuffer()
  private var summary = Summary()
  private var unreadContext = 0
  /// Called now and then while requests are judged; many times a second where they are many.
  public var onProgress: ((RunProgress) -> Void)?
  /// Inputs that were judged whole.
  private var finishedInputs = 0
  private let waiverFiles: WaiverFiles
  private var baseline = BaselineRun()
  private var suppressionNotes: [String] = []
  private var errors: [Diagnostic]
  /// Whether a finding reaches `failOn`, or a request is undecided.
  private var isDenied = false
  private var fixes = FixRun.Result()

  /// Loads the packs; reads no request yet.
  public init(_ options: CheckOptions) {
    self.options = options
    policy = Policy(options.policyOptions)
    linter = Linter(today: options.today)
    waiverFiles = WaiverFiles(policy.loaded)
    errors = policy.diagnostics + waiverFiles.diagnostics
  }

  /// Judges everything and reports it to every destination. `write` gets what goes to the terminal, as it goes.
  public mutating func run(
    _ destinations: [ReportDestination], _ options: ReportOptions, write writeOut: @escaping (ReportOutput) -> Void
  ) -> ExitCode {
    if errors.isEmpty { prepare(reportFiles: destinations.compactMap(\.madeFile)) }
    if errors.isEmpty, let options = self.options.fixes { fix(options) }
    if !destinations.contains(where: { $0.format.reporter.showsFixes }) { linter.offersFixes = false }
    let write = fixes.output == nil ? writeOut : { writeOut($0.onStandardError) }
    let needsRules = options.describesRules || destinations.contains { $0.format.reporter.needsRules }
    var sinks = ReportSinks(destinations, header: header(withRules: needsRules), options: options, write: write)
    if errors.isEmpty, let selection {
      let form = StreamForm(serving: destinations.lazy.map { $0.format.reporter.streamForm(options) })
      for input in selection.context { remember(input) }
      if judgesTogether(selection.inputs) {
        judgeTogether(selection.inputs, form, &sinks)
      } else {
        for input in selection.inputs {
          judge(input, form, &sinks)
          finishedInputs += 1
          tellProgress(of: nil)
        }
      }
      errors += selection.problems + fixes.problems
      checkCount(selection)
      reportPolicyFiles(selection) { sinks.add($0) }
    }
    errors += sinks.finish(errors: errors, notes: (options.quiet ? [] : notes) + suppressionNotes)
    if let fixed = fixes.output { writeOut(ReportOutput(standardOutput: fixed)) }
    return exitCode
  }

  private var notes: [String] {
    let unread = unreadContext == 0 ? nil : "requests that could not be read and compared with: \(unreadContext)"
    var notes: [String] = []
    if let note = selection?.note { notes.append(note) }
    if let unread { notes.append(unread) }
    if let fixSummary { notes.append(fixSummary) }
    return notes
  }

  private var exitCode: ExitCode {
    if !errors.isEmpty || summary.unreadable > 0 { return .unusable }
    return isDenied && !options.exitZero ? .denied : .compliant
  }

  private func header(withRules needsRules: Bool) -> Report.Header {
    var header = Report.Header(
      tool: Version.tool, today: options.today.description, packs: policy.reported,
      rules: needsRules ? ReservedRules.described + policy.allRules().described(on: options.today) : [])
    header.workingDirectory = Path.beneath(FileSystem.workingDirectory, policy.loaded.root)
    return header
  }

  /// Finds the files and puts the rules of every one together, before the first request is judged.
  private mutating func prepare(reportFiles: [ByteString]) {
    var selection = FileSelection(options, policy, reportFiles: reportFiles)
    for input in policy.isScoped ? selection.inputs[...] : selection.inputs.prefix(1) {
      _ = policy.rules(for: input.policyPath)
    }
    linter.remembersRequests = policy.comparesRequests
    if policy.comparesRequests { selection.findContext() } else { selection.context = [] }
    self.selection = selection
    errors = policy.diagnostics
    if errors.isEmpty, policy.isScoped { errors = policy.missingPacks(for: selection.inputs.map(\.policyPath)) }
    prepareSuppressions(selection)
    let needsPath = policy.isScoped || policy.loaded.configuration.targets.contains { $0.path != nil }
    if needsPath, selection.inputs.contains(where: { $0.policyPath == nil }) {
      errors.append(
        Diagnostic(
          "the configuration decides by path, and standard input has none", help: "name it with `--stdin-path PATH`"))
    }
  }

  private mutating func fix(_ options: FixOptions) {
    guard var selection else { return }
    var works = selection.inputs.map {
      FixRun.Work(input: $0, known: known(of: $0), rules: policy.rules(for: $0.policyPath))
    }
    var fixing = Linter(today: self.options.today)
    fixing.suppressions = linter.suppressions
    var run = FixRun(options, reader, fixing)
    for input in selection.context { run.remember(input, known(of: input)) }
    run.run(&works)
    selection.inputs = works.map(\.input)
    self.selection = selection
    fixes = run.result
    linter.all = run.linter.earlier
  }

  private var fixSummary: String? {
    guard let options = options.fixes else { return nil }
    let open = summary.errors + summary.warnings + summary.infos
    return fixes.summary(options.destination, open: open)
  }

  // MARK: Judging

  private var reader: RequestReader {
    RequestReader(isLines: options.ndjson, limits: JSONLimits(maxBytes: options.maxBytes))
  }

  private func known(of input: FileSelection.Input) -> Linter.Input {
    Linter.Input(
      path: input.shown, policyPath: input.policyPath, declarations: policy.declarations(for: input.policyPath, options)
    )
  }

  /// Reads requests that are not judged, for rules that compare the others with them.
  private mutating func remember(_ input: FileSelection.Input) {
    let (known, reader) = (known(of: input), reader)
    reader.forEachRequest(of: input) { entry in
      guard case .text(let text) = entry, linter.remember(text, known, limits: reader.limits) else {
        unreadContext += 1
        return
      }
    }
  }

  private mutating func judge(_ input: FileSelection.Input, _ form: StreamForm, _ sinks: inout ReportSinks) {
    let before = summary.requests
    let offersFixes = linter.offersFixes
    defer { linter.offersFixes = offersFixes }
    // Nothing can be edited in a stream that is no file.
    if options.ndjson, input.file == nil { linter.offersFixes = false }
    if options.ndjson, input.isUnread, linter.allowsPlans {
      judgeStream(input, form, &sinks)
    } else {
      judgeEach(input, form, &sinks)
    }
    guard summary.requests == before, !options.allowEmpty else { return }
    errors.append(
      Diagnostic(
        "the file holds no request", help: "add one, remove the file, or pass `--allow-empty`", path: input.shown))
  }

  /// Whether the inputs are files enough to be judged batch by batch.
  private func judgesTogether(_ inputs: [FileSelection.Input]) -> Bool {
    !options.ndjson && linter.allowsPlans && inputs.count >= RequestFiles.fewest
      && inputs.allSatisfy { $0.isUnread && $0.file != nil }
  }

  private mutating func judgeTogether(
    _ inputs: [FileSelection.Input], _ form: StreamForm, _ sinks: inout ReportSinks
  ) {
    let files = RequestFiles(linter: linter, limits: reader.limits)
    var policy = policy
    let options = options
    let basis = { (path: ByteString?) in
      FileBatch.Basis(policy.declarations(for: path, options), policy.rules(for: path))
    }
    let common = policy.isUniform ? basis(inputs[0].policyPath) : nil
    files.run(inputs, form) {
      common ?? basis($0)
    } deliver: { judged, batch in
      report(judged, batch, form, &sinks)
      finishedInputs += batch.inputs.count
      tellProgress(of: nil)
    }
  }

  /// In order, with the files in between that are to be judged alone.
  private mutating func report(
    _ judged: JudgedChunk, _ batch: FileBatch, _ form: StreamForm, _ sinks: inout ReportSinks
  ) {
    settle(judged.counts)
    var next = JudgedChunk(counts: judged.counts)
    for part in judged.parts {
      if case .file(let index) = part {
        sinks.add(next, text: batch.output.span)
        next = JudgedChunk(counts: RequestCounts())
        judge(batch.input(at: index), form, &sinks)
      } else {
        var part = part
        settle(&part)
        next.parts.append(part)
      }
    }
    sinks.add(next, text: batch.output.span)
  }

  private mutating func judgeEach(
    _ input: FileSelection.Input, _ form: StreamForm, _ sinks: inout ReportSinks
  ) {
    let (known, reader) = (known(of: input), reader)
    let rules = policy.rules(for: input.policyPath)
    let judge = linter.allowsPlans ? RequestJudge(linter, known, rules, limits: reader.limits, workspace) : nil
    var input = input
    if let judge, let counts = count(&input, judge, form) {
      settle(counts)
      return sinks.add(JudgedChunk(counts: counts), text: .absent)
    }
    reader.forEachRequest(of: input) { entry in
      var request: Report.Request
      switch entry {
      case .text(let text): request = judge?.judge(text) ?? linter.judge(text, known, rules, limits: reader.limits)
      case .unreadable(let unreadable): request = unreadable
      }
      request.repositoryPath = input.policyPath
      settle(&request)
      sinks.add(request)
    }
  }

  /// Counts the one request of a file where the counts are all that is asked for; nil where there is more to it. The
  /// input has the content then, if it could be read.
  private func count(
    _ input: inout FileSelection.Input, _ judge: RequestJudge, _ form: StreamForm
  ) -> RequestCounts? {
    guard form == .counts || form == .findings, !options.ndjson, input.isUnread, let file = input.file,
      content.read(file, maxBytes: RequestReader.maxFileBytes)
    else { return nil }
    var tally = StreamTally(path: input.shown)
    if form == .counts, judge.count(content.content, into: &tally) { return tally.counts }
    if form == .findings, let identity = judge.countCompliant(content.content, into: &tally) {
      _ = linter.ordinal(of: identity)
      return tally.counts
    }
    input.content = Array(content.content)
    return nil
  }

  /// Judges a stream, chunk by chunk.
  private mutating func judgeStream(
    _ input: FileSelection.Input, _ form: StreamForm, _ sinks: inout ReportSinks
  ) {
    let stream = RequestStream(
      linter: linter, input: known(of: input), rules: policy.rules(for: input.policyPath), limits: reader.limits)
    do throws(Diagnostic) {
      try stream.run(StreamSource(input), form) { judged, text, progress in
        var judged = judged
        for index in judged.parts.indices { settle(&judged.parts[index]) }
        settle(judged.counts)
        sinks.add(judged, text: text)
        tellProgress(of: progress)
      }
    } catch {
      var request = Report.Request.unreadable(RequestReader.named(error, input), path: input.shown)
      request.repositoryPath = input.policyPath
      settle(&request)
      sinks.add(request)
    }
  }

  private mutating func settle(_ part: inout JudgedChunk.Part) {
    guard case .request(var request) = part else { return }
    settle(&request)
    part = .request(request)
  }

  /// Counts requests of which nothing but the counts is asked for.
  private mutating func settle(_ counts: RequestCounts) {
    summary.add(counts.summary)
    isDenied = isDenied || counts.summary.hasOpenFindings(of: options.failOn)
  }

  /// Counts a request, and what it does to the exit code.
  private mutating func settle(_ request: inout Report.Request) {
    if options.unknown == .warn {
      for index in request.findings.indices where request.findings[index].verdict == .unknown {
        request.findings[index].severity = min(request.findings[index].severity, .warning)
      }
    }
    summary.add(request)
    baseline.note(request)
    let reached = request.findings.contains { $0.status == .open && $0.severity >= options.failOn }
    let isUndecided = request.verdict == .undetermined && options.unknown == .deny
    isDenied = isDenied || reached || isUndecided || request.verdict == .denied
  }

  /// `current` is the stream that is being read. Inputs count alike, whatever their size.
  private func tellProgress(of current: RequestStream.Progress?) {
    guard let onProgress, let count = selection?.inputs.count, count > 0 else { return }
    let isKnown = current.map { $0.size > 0 } ?? true
    let part = current.map { $0.size > 0 ? Double($0.bytes) / Double($0.size) : 0 } ?? 0
    let share = isKnown || count > 1 ? (Double(finishedInputs) + part) / Double(count) : nil
    onProgress(RunProgress(requests: summary.requests, share: share))
  }

  // MARK: Waivers and the baseline

  private mutating func prepareSuppressions(_ selection: FileSelection) {
    guard errors.isEmpty else { return }
    linter.suppressions.waivers = Waivers(waiverFiles.files, rules: policy.rulesByName())
    do throws(PolicyErrors) {
      baseline = try BaselineRun(options, isWholeTree: selection.isWholeTree, files: policy.loaded.files)
      linter.suppressions.known = baseline.known
    } catch {
      errors += error.diagnostics
    }
  }

  /// What is to be said of the files of waivers and the baseline, once every request was judged.
  private mutating func reportPolicyFiles(_ selection: FileSelection, _ report: (Report.Request) -> Void) {
    let isGood = errors.isEmpty && summary.unreadable == 0
    let suppressions = linter.suppressions
    let used = isGood && selection.isWholeTree ? suppressions.usedWaivers : nil
    let review = WaiverReview(
      waivers: suppressions.waivers, today: options.today, warningDays: options.waiverWarningDays)
    let outcome = baseline.finish(occurring: suppressions.occurring, isGood: isGood, root: policy.loaded.root)
    for var request in review.reports(used: used, at: linter.stage) + outcome.reports {
      settle(&request)
      report(request)
    }
    errors += outcome.errors
    suppressionNotes += outcome.notes
  }

  private mutating func checkCount(_ selection: FileSelection) {
    if selection.inputs.isEmpty, selection.excluded == 0, selection.changes == nil, selection.problems.isEmpty,
      !options.allowEmpty
    {
      errors.append(
        Diagnostic(
          "there is nothing to check: looked for \(selection.lookedFor.joined(separator: ", "))",
          help: "name files or directories, or pass `--allow-empty`"))
    }
    guard let least = options.minRequests, summary.requests < least else { return }
    errors.append(
      Diagnostic(
        "\(summary.requests) of at least \(least) requests were found",
        help: "look at what is named and included, or lower `--min-requests`"))
  }
}
