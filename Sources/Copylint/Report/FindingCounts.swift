/// Open findings by rule, and how many requests have one.
public struct FindingCounts: Sendable, Equatable {
  /// What was counted of one rule, at one severity: what cannot be decided may weigh less than what fails.
  public struct Entry: Sendable, Equatable {
    /// `pack/id`
    public var rule: String
    /// How much each of the findings weighs.
    public var severity: Severity
    /// How many findings there are.
    public var findings = 0
    /// How many requests they are about.
    public var requests = 0
  }

  private struct Key: Hashable {
    var rule: String
    var severity: Severity
  }

  private var entries: [Key: Entry] = [:]

  /// None yet.
  public init() {}

  /// The most findings first, then by name.
  public var sorted: [Entry] {
    entries.values.sorted { left, right in
      if left.findings != right.findings { return left.findings > right.findings }
      return left.rule == right.rule
        ? left.severity > right.severity : ByteString(left.rule) < ByteString(right.rule)
    }
  }

  /// Counts the findings of a request that nobody answers for.
  mutating func add(_ request: Report.Request) {
    var seen: Set<Key> = []
    for finding in request.findings where finding.status == .open {
      let key = Key(rule: finding.rule, severity: finding.severity)
      let isFirst = seen.insert(key).inserted
      add(Entry(rule: finding.rule, severity: finding.severity, findings: 1, requests: isFirst ? 1 : 0))
    }
  }

  mutating func add(_ entry: Entry) {
    let key = Key(rule: entry.rule, severity: entry.severity)
    var sum = entries[key] ?? Entry(rule: entry.rule, severity: entry.severity)
    sum.findings += entry.findings
    sum.requests += entry.requests
    entries[key] = sum
  }

  mutating func add(_ other: FindingCounts) { for entry in other.entries.values { add(entry) } }
}

/// What a run counts, where nothing is said of a request alone.
public struct RequestCounts: Sendable, Equatable {
  /// The figures of the run.
  public var summary: Summary
  /// The findings by rule.
  public var findings = FindingCounts()

  /// No request at all, or requests that were counted already.
  public init(_ summary: Summary = Summary()) { self.summary = summary }

  mutating func add(_ request: Report.Request) {
    summary.add(request)
    findings.add(request)
  }

  mutating func add(_ other: RequestCounts) {
    summary.add(other.summary)
    findings.add(other.findings)
  }
}
