/// `sarif`: SARIF 2.1.0 (OASIS), one run, for GitHub code scanning and others.
///
/// Results are held until the end, so that of more than a platform takes the severest are kept; what is cut is a
/// notification. Regions count code points, and paths stand below `%SRCROOT%`, the repository's root.
struct SARIFReporter: Reporter {
  static let format = OutputFormat.sarif
  static let showsFixes = true
  static let needsRules = true

  private let header: Report.Header
  private let limits: SARIFLimits
  private var result: SARIFResult
  private var results: SARIFResultList
  private var rules: SARIFRuleTable
  private var notifications: SARIFNotifications
  private var hasUnreadable = false

  init(header: Report.Header, options: ReportOptions) { self.init(header: header, limits: .codeScanning) }

  init(header: Report.Header, limits: SARIFLimits) {
    self.header = header
    self.limits = limits
    let paths = RepositoryPaths(header)
    result = SARIFResult(paths: paths)
    results = SARIFResultList(limit: limits.results)
    rules = SARIFRuleTable(header.rules, limits: limits)
    notifications = SARIFNotifications(paths: paths, limit: limits.notifications)
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    if let error = request.error {
      hasUnreadable = true
      notifications.add(error, .unreadableInput, in: request)
    }
    for finding in request.findings where results.admits(finding.rank) {
      let index = rules.index(of: finding)
      results.append(result.json(finding, ruleIndex: index, in: request), finding.rank)
    }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { notifications.add(error, .unusable) }
    noteCuts()
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.key("runs")
      writer.array { $0.object { writeRun(&$0, isSuccessful: errors.isEmpty && !hasUnreadable) } }
    }
    output.standardOutput += writer.bytes + [0x0A]
  }

  private mutating func noteCuts() {
    if results.omitted > 0 {
      notifications.note(
        "\(results.omitted) of \(results.count + results.omitted) results are left out: \(limits.results) is what code "
          + "scanning takes of a run, and the severest are kept")
    }
    if results.count > limits.shownResults {
      notifications.note(
        "code scanning shows \(limits.shownResults) of the \(results.count) results, the severest first")
    }
    if rules.hasCutTags {
      notifications.note("a rule's tags are cut to \(limits.tags), as code scanning has it; `controls` has all of them")
    }
  }

  private func writeRun(_ writer: inout JSONWriter, isSuccessful: Bool) {
    writer.member("tool") { $0.member("driver") { writeDriver(&$0) } }
    writer.key("invocations")
    writer.array {
      $0.object { writer in
        writer.key("executionSuccessful")
        writer.bool(isSuccessful)
        writer.key("toolExecutionNotifications")
        writer.array(notifications.all) { $0.raw($1) }
      }
    }
    writer.member("originalUriBaseIds") { writer in
      writer.member(SARIFLocation.root) {
        $0.member("description") { $0.member("text", "The root of the repository.") }
      }
    }
    writer.member("columnKind", "unicodeCodePoints")
    writer.key("results")
    writer.array(results.all) { $0.raw($1) }
    writer.member("properties") { writer in
      writer.member("today", header.today)
      writer.key("packs")
      writer.array(header.packs) { ReportJSON.write($1, to: &$0) }
    }
  }

  private func writeDriver(_ writer: inout JSONWriter) {
    let words = header.tool.split(separator: " ", maxSplits: 1)
    writer.member("name", "copylint")
    writer.member("version", words.last.map { String($0) } ?? header.tool)
    writer.key("rules")
    writer.array(rules.rules) { SARIFRuleTable.write($1, tags: limits.tags, to: &$0) }
    writer.key("notifications")
    writer.array(SARIFNotifications.Kind.allCases) { writer, kind in
      writer.object { writer in
        writer.member("id", kind.rawValue)
        writer.member("shortDescription") { $0.member("text", kind.summary) }
      }
    }
  }
}

/// What a platform takes of one run.
struct SARIFLimits {
  var results: Int
  /// Of the results taken, how many it shows.
  var shownResults: Int
  var rules: Int
  /// Of a rule.
  var tags: Int
  /// Of a text that describes a rule, in code points.
  var description: Int
  var notifications: Int

  /// GitHub's code scanning ("SARIF results exceed limits" and "SARIF support for code scanning" in its documentation):
  /// 25,000 results and rules of a run, of which 5,000 results are shown, and 10 of up to 20 tags of a rule. It has no
  /// limit for notifications; ours keeps a broken stream of a million lines from filling the memory.
  static let codeScanning = SARIFLimits(
    results: 25_000, shownResults: 5_000, rules: 25_000, tags: 10, description: 1_000, notifications: 1_000)
}
