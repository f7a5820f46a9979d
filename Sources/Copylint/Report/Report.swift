/// What one run found, as values: every reporter renders this and nothing else.
public struct Report: Sendable {
  /// What is known before the first request.
  public var header: Header
  /// One entry a request, in input order.
  public var requests: [Request]
  /// What is wrong with packs and the configuration.
  public var errors: [Diagnostic]

  /// A whole report, for a run that keeps one.
  public init(header: Header, requests: [Request], errors: [Diagnostic]) {
    self.header = header
    self.requests = requests
    self.errors = errors
  }

  /// What a run knows before it judges anything, so that a reporter can stream.
  public struct Header: Sendable {
    /// The program and its version, `copylint X.Y.Z`.
    public var tool: String
    /// The date the run judged by, `YYYY-MM-DD` in UTC.
    public var today: String
    /// The packs in force, in the order they were loaded.
    public var packs: [Pack]
    /// Every rule that a finding may name, sorted by name, the reserved ones first.
    public var rules: [Rule]
    /// The working directory from the repository's root, `.` where they are one: paths are shown from the former, and
    /// platforms look files up from the latter. Nil where the one is not beneath the other.
    public var workingDirectory: ByteString?

    /// What stands above a report.
    public init(tool: String, today: String, packs: [Pack], rules: [Rule] = []) {
      self.tool = tool
      self.today = today
      self.packs = packs
      self.rules = rules
    }
  }

  /// A rule in force, as reports describe it.
  public struct Rule: Sendable {
    /// `pack/id`
    public var name: String
    /// The rule's kind; `request` for the reserved ones.
    public var kind: String
    /// One line on what it checks, lowercase, no full stop.
    public var summary: String
    /// How much a finding of it weighs on the day of the run.
    public var severity: Severity
    /// Why the rule is there.
    public var why: String?
    /// What to do, in the pack's own words.
    public var help: String?
    /// Where to read more.
    public var url: String?
    /// Control ids that it serves.
    public var controls: [String]
    /// Whether a waiver may cover its findings.
    public var isWaivable: Bool

    /// A rule in force.
    public init(
      name: String, kind: String, summary: String, severity: Severity = .error, why: String? = nil,
      help: String? = nil, url: String? = nil, controls: [String] = [], isWaivable: Bool = true
    ) {
      (self.name, self.kind, self.summary, self.severity) = (name, kind, summary, severity)
      (self.why, self.help, self.url, self.controls, self.isWaivable) = (why, help, url, controls, isWaivable)
    }
  }

  /// A pack in force.
  public struct Pack: Sendable {
    /// As the pack calls itself.
    public var name: String
    /// As the pack gives it; no order is read into it.
    public var version: String
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String { digest.hexadecimal }

    private let digest: LazySHA256

    /// A pack in force.
    public init(name: String, version: String, sha256: String) {
      self.init(name: name, version: version, digest: LazySHA256(hexadecimal: sha256))
    }

    init(name: String, version: String, digest: LazySHA256) {
      self.name = name
      self.version = version
      self.digest = digest
    }
  }

  /// One request, or one input that could not be read as one.
  public struct Request: Sendable {
    /// The input it stands in; `<stdin>` for standard input.
    public var path: ByteString
    /// The path from the repository's root, or from the working directory outside of one; nil for standard input
    /// without a name.
    public var repositoryPath: ByteString?
    /// Whether this is no request but a file of the policy, such as one of waivers, that has findings of its own.
    public var isPolicyFile = false
    /// The line on which the request starts.
    public var line: Int
    /// The address of the request within its file.
    public var pointer: JSONPointer
    /// What all rules together say.
    public var verdict: RequestVerdict
    /// Where the copy goes.
    public var target: Target
    /// Rule ids (`pack/id`) by verdict, each list sorted.
    public var results: RuleResults
    /// Sorted by place.
    public var findings: [Finding]
    /// Why it is unreadable.
    public var error: Diagnostic?
    /// What the rules that could not be decided wait for.
    var causes: Causes = []

    /// One request as judged; without `results` and `findings`, one that could not be read.
    public init(
      path: ByteString, line: Int = 1, pointer: JSONPointer = JSONPointer(), verdict: RequestVerdict,
      target: Target = Target(), results: RuleResults = [:], findings: [Finding] = [],
      error: Diagnostic? = nil
    ) {
      self.path = path
      self.line = line
      self.pointer = pointer
      self.verdict = verdict
      self.target = target
      self.results = results
      self.findings = findings
      self.error = error
    }
  }

  /// Where a copy goes.
  public struct Target: Sendable {
    /// The destination Region.
    public var region: ByteString?
    /// The destination account, 12 digits.
    public var account: ByteString?
    /// What declared it: `path`, `envelope`, `option`, `environment`, `credentials` or `signature`; several joined by
    /// `+`; nil when nothing did.
    public var declaredBy: String?

    /// Where a copy goes; undeclared without arguments.
    public init(region: ByteString? = nil, account: ByteString? = nil, declaredBy: String? = nil) {
      self.region = region
      self.account = account
      self.declaredBy = declaredBy
    }
  }
}

/// The figures at the end of a report.
public struct Summary: Sendable, Equatable {
  /// All of them, the unreadable ones too.
  public var requests = 0
  /// Requests that may go.
  public var compliant = 0
  /// Requests that an error fails.
  public var denied = 0
  /// Requests with an error rule that could not be decided.
  public var undetermined = 0
  /// Inputs that are no request.
  public var unreadable = 0
  /// Open findings of severity error.
  public var errors = 0
  /// Open findings of severity warning.
  public var warnings = 0
  /// Open findings of severity info.
  public var infos = 0
  /// Findings that a waiver answers for; the three counts above leave them out.
  public var waived = 0
  /// Findings that stand in the baseline; those three leave them out too.
  public var known = 0
  /// How many verdicts of each kind the rules gave, over all requests.
  public var rules = VerdictCounts()
  /// Inputs that they stand in; standard input is one.
  public var files = 0
  private var lastPath: ByteString?

  /// No request at all.
  public init() {}

  /// Counts one more request. Streaming reporters count as they go.
  public mutating func add(_ request: Report.Request) {
    for finding in request.findings { add(finding) }
    guard !request.isPolicyFile else { return }
    requests += 1
    // Those of one input come together.
    if request.path != lastPath { files += 1 }
    lastPath = request.path
    switch request.verdict {
    case .compliant: compliant += 1
    case .denied: denied += 1
    case .undetermined: undetermined += 1
    case .unreadable: unreadable += 1
    }
    for verdict in RuleVerdict.allCases { rules[verdict] += request.results[verdict].count }
  }

  /// The counts of requests of one input, none yet.
  init(of path: ByteString) {
    files = 1
    lastPath = path
  }

  /// Goes on with requests of another input.
  mutating func begin(_ path: ByteString) {
    files += 1
    lastPath = path
  }

  /// Adds the counts of requests of one input, or of several that come in no other way.
  mutating func add(_ other: Summary) {
    guard other.requests > 0 else { return }
    if other.lastPath != lastPath { files += other.files }
    lastPath = other.lastPath
    requests += other.requests
    compliant += other.compliant
    denied += other.denied
    undetermined += other.undetermined
    unreadable += other.unreadable
    errors += other.errors
    warnings += other.warnings
    infos += other.infos
    waived += other.waived
    known += other.known
    rules.add(other.rules)
  }

  /// Whether there is an open finding of a severity, or of a higher one.
  func hasOpenFindings(of severity: Severity) -> Bool {
    errors > 0 || (severity <= .warning && warnings > 0) || (severity == .info && infos > 0)
  }

  private mutating func add(_ finding: Finding) {
    switch finding.status {
    case .waived: return waived += 1
    case .known: return known += 1
    case .open: break
    }
    switch finding.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: infos += 1
    }
  }
}
