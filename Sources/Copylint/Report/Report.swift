/// What is known of a run as a whole, as values. Its requests are reported one by one, for there may be very many.
public struct Report: Sendable {
  /// The program and its version, `copylint X.Y.Z`.
  public var tool: String
  /// The date the run judged by, `YYYY-MM-DD` in UTC.
  public var today: String
  /// The packs in force, in the order they were loaded.
  public var packs: [Pack]
  /// What is wrong with packs and the configuration.
  public var errors: [Diagnostic]

  /// A pack in force.
  public struct Pack: Sendable {
    public var name: String
    public var version: String
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String
  }

  /// One request, or one input that could not be read as one.
  public struct Request: Sendable {
    public var path: ByteString
    /// The line on which the request starts.
    public var line: Int
    /// The address of the request within its file.
    public var pointer: JSONPointer
    public var verdict: RequestVerdict
    public var target: Target
    /// Rule ids (`pack/id`) by verdict, each list sorted.
    public var results: [RuleVerdict: [String]]
    /// Sorted by place.
    public var findings: [Finding]
    /// Why it is unreadable.
    public var error: Diagnostic?
  }

  /// Where a copy goes.
  public struct Target: Sendable {
    public var region: ByteString?
    public var account: ByteString?
    /// What declared it: `path`, `envelope` or `option`; several joined by `+`; nil when nothing did.
    public var declaredBy: String?
  }
}

/// The figures at the end of a report.
public struct Summary: Sendable, Equatable {
  public var requests = 0
  public var compliant = 0
  public var denied = 0
  public var undetermined = 0
  public var unreadable = 0
  public var errors = 0
  public var warnings = 0
  public var infos = 0
  public var waived = 0
  /// Rules by verdict, over all requests.
  public var rules: [RuleVerdict: Int] = [:]

  /// No request at all.
  public init() {}

  /// Counts one more request. Streaming reporters count as they go.
  public mutating func add(_ request: Report.Request) {
    requests += 1
    switch request.verdict {
    case .compliant: compliant += 1
    case .denied: denied += 1
    case .undetermined: undetermined += 1
    case .unreadable: unreadable += 1
    }
    for finding in request.findings { add(finding) }
    for (verdict, names) in request.results { rules[verdict, default: 0] += names.count }
  }

  private mutating func add(_ finding: Finding) {
    guard finding.status == .open else { return waived += 1 }
    switch finding.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: infos += 1
    }
  }
}
