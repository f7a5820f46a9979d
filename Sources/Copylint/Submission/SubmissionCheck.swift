/// What `submit` knows before it sends anything: every request of every file, judged, with the values to send.
///
/// Files are read once, by `init`. What the surroundings say (the Region of the environment, the account of the
/// credentials) is asked for only where something needs it, and given to `judge`.
public struct SubmissionCheck {
  /// What the surroundings say of where copies go.
  public struct Surroundings: Sendable {
    /// The Region of the environment or the profile; used only where a request declares none.
    public var region: String?
    /// The account of the credentials, 12 digits.
    public var account: String?

    /// What is known; nothing, unless said.
    public init(region: String? = nil, account: String? = nil) {
      self.region = region
      self.account = account
    }
  }

  private enum Entry {
    case copy(ProposedCopy, JSONText)
    /// Without a text where there is none to read.
    case unreadable(Report.Request, JSONText?)
  }

  private let options: CheckOptions
  private var policy: Policy
  private var waivers = Waivers()
  private var entries: [(input: FileSelection.Input, entry: Entry)] = []

  /// Loads the policy and reads every file. Throws where the policy cannot be used, a path holds nothing to submit, or
  /// there is nothing at all; a request that is unreadable is judged as such.
  public init(_ options: CheckOptions) throws(PolicyErrors) {
    self.options = options
    policy = Policy(options.policyOptions)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    // Without a path a check takes the whole tree; nobody submits that by leaving a word out.
    guard !options.paths.isEmpty else { throw PolicyErrors([Self.nothing]) }
    let selection = FileSelection(options, policy)
    var problems = selection.problems
    for input in selection.inputs { problems += read(input) }
    for input in selection.inputs { _ = policy.rules(for: input.policyPath) }
    let waiverFiles = WaiverFiles(policy.loaded)
    waivers = Waivers(waiverFiles.files, rules: policy.rulesByName())
    problems += waiverFiles.diagnostics
    problems += policy.diagnostics + policy.missingPacks(for: selection.inputs.map(\.policyPath))
    if entries.isEmpty, problems.isEmpty {
      problems.append(Self.nothing)
    }
    guard problems.isEmpty else { throw PolicyErrors(problems) }
  }

  private static let nothing = Diagnostic(
    "there is nothing to submit", help: "name the files that hold the requests")

  private mutating func read(_ input: FileSelection.Input) -> [Diagnostic] {
    let limits = JSONLimits(maxBytes: options.maxBytes)
    let before = entries.count
    var found: [Entry] = []
    RequestReader(isLines: options.ndjson, limits: limits).forEachRequest(of: input) { entry in
      found.append(Self.parse(entry, input, limits))
    }
    entries += found.map { (input, $0) }
    guard entries.count == before else { return [] }
    return [Diagnostic("the file holds no request", help: "add one, or leave the file out", path: input.shown)]
  }

  private static func parse(_ entry: RequestReader.Entry, _ input: FileSelection.Input, _ limits: JSONLimits) -> Entry {
    switch entry {
    case .unreadable(let request): return .unreadable(request, nil)
    case .text(let text):
      do {
        return .copy(try ProposedCopy(try Document(text, limits: limits)), text)
      } catch {
        return .unreadable(.unreadable(error, text, path: input.shown), text)
      }
    }
  }

  /// The packs in force, bases first.
  public var packs: [Report.Pack] { policy.reported }

  /// What is wrong with the waivers themselves. It concerns no request, and keeps none from being sent: a waiver that
  /// has expired does not count.
  public var waiverReports: [Report.Request] {
    WaiverReview(waivers: waivers, today: options.today, warningDays: options.waiverWarningDays)
      .reports(used: nil, at: .submit)
  }

  /// Whether some request declares no Region, so that the surroundings' is needed.
  public var needsRegion: Bool {
    entries.contains { item in
      guard case .copy = item.entry else { return false }
      return !declarations(item).contains { $0.region != nil }
    }
  }

  /// The Regions that requests declare, in order.
  public var declaredRegions: [String] {
    entries.flatMap { declarations($0).compactMap { $0.region?.displayString } }
  }

  /// Whether a request states an account, or a rule cannot be decided without one.
  public func needsAccount(region: String?) -> Bool {
    if entries.contains(where: { declarations($0).contains { $0.account != nil } }) { return true }
    var copy = self
    return copy.judge(Surroundings(region: region)).contains { $0.report.causes.contains(.targetAccount) }
  }

  /// Where a request states another account than this, which is whose credentials are used: the copies of such a run
  /// would go elsewhere than was judged.
  public func conflicts(withAccount account: String) -> [Diagnostic] {
    entries.flatMap { item in
      declarations(item).compactMap(\.account).filter { $0 != ByteString(account) }.map { stated in
        Diagnostic(
          "the request states the account \(Escaping.quoted(stated)), and the credentials are of \(Escaping.quoted(ByteString(account)))",
          help: "use credentials of that account, or correct the target", path: item.input.shown)
      }
    }
  }

  /// Judges every request, in order.
  public mutating func judge(_ surroundings: Surroundings) -> [Submission] {
    var linter = Linter(today: options.today, stage: .submit)
    linter.suppressions.waivers = waivers
    return entries.map { item in
      switch item.entry {
      case .unreadable(let request, let text):
        return Submission(report: request, text: text.map(Self.bytes) ?? [])
      case .copy(let copy, let text):
        var declared = pathAndOptions(item.input)
        let isDeclared = declarations(item).contains { $0.region != nil }
        if let region = surroundings.region, !isDeclared {
          declared.append(TargetDeclaration(source: .environment, region: ByteString(region)))
        }
        if let account = surroundings.account {
          declared.append(TargetDeclaration(source: .credentials, account: ByteString(account)))
        }
        let input = Linter.Input(
          path: item.input.shown, policyPath: item.input.policyPath, declarations: declared)
        let report = linter.judge(copy, input, policy.rules(for: item.input.policyPath))
        return Submission(report: report, values: CopyValues(copy.request), text: Self.bytes(text))
      }
    }
  }

  private static func bytes(_ text: JSONText) -> [UInt8] { Array(text.file.bytes[text.range]) }

  private func pathAndOptions(_ input: FileSelection.Input) -> [TargetDeclaration] {
    policy.declarations(for: input.policyPath, options)
  }

  private func declarations(_ item: (input: FileSelection.Input, entry: Entry)) -> [TargetDeclaration] {
    guard case .copy(let copy, _) = item.entry else { return [] }
    return pathAndOptions(item.input) + [copy.target].compactMap { $0 }
  }
}

/// One request with its verdict and the values that were judged.
public struct Submission: Sendable {
  /// What all rules say of it.
  public var report: Report.Request
  /// What to send; nil where the request lacks what the API demands.
  public var values: CopyValues?
  /// The request's own bytes in its file; empty where there is no file, or where it cannot be read.
  public var text: [UInt8]

  /// One request with its verdict.
  public init(report: Report.Request, values: CopyValues? = nil, text: [UInt8] = []) {
    self.report = report
    self.values = values
    self.text = text
  }

  /// The Region to send it to: the one that was judged. Nil unless the request may be sent.
  public var region: String? {
    guard report.verdict == .compliant, values != nil, let region = report.target.region else { return nil }
    return region.displayString
  }
}
