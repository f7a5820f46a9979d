/// One request as JSON: an element of `requests` in `json`, a line in `jsonl`.
package struct RequestJSON {
  /// Adds `results`, the rule ids by verdict.
  let verbose: Bool
  private var locator = Locator()

  package init(verbose: Bool) { self.verbose = verbose }

  package mutating func write(_ request: Report.Request, to writer: inout JSONWriter) {
    let regions = request.findings.map { locator.region(of: $0.place) }
    let errorRegion = request.error?.place.map { locator.region(of: $0) }
    let verbose = verbose
    writer.object { writer in
      writer.member("path", request.path)
      if request.isPolicyFile {
        writer.key("policyFile")
        writer.bool(true)
      }
      writer.member("line", request.line)
      writer.member("pointer", request.pointer.description)
      writer.member("verdict", request.verdict.rawValue)
      Self.write(request.target, to: &writer)
      writer.member("rules") { writer in
        for verdict in RuleVerdict.allCases { writer.member(verdict.rawValue, request.results[verdict].count) }
      }
      writer.key("findings")
      writer.array(zip(request.findings, regions)) { Self.write($1.0, at: $1.1, to: &$0) }
      if let error = request.error { Self.write(error, at: errorRegion, to: &writer) }
      guard verbose else { return }
      writer.member("results") { writer in
        for verdict in RuleVerdict.allCases { writer.member(verdict.rawValue, request.results[verdict]) }
      }
    }
  }

  private static func write(_ target: Report.Target, to writer: inout JSONWriter) {
    writer.member("target") { writer in
      writer.member("region", orNull: target.region)
      writer.member("account", orNull: target.account)
      writer.member("declaredBy", orNull: target.declaredBy.map { ByteString($0) })
    }
  }

  private static func write(_ finding: Finding, at region: Region, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("kind", finding.kind)
      writer.member("severity", finding.severity.rawValue)
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("message", finding.message)
      writer.member("help", ifPresent: finding.help)
      writer.member("pointer", finding.pointer.description)
      write(region, to: &writer)
      writer.member("fingerprint", finding.fingerprint)
      writer.member("controls", finding.controls)
      if let fix = finding.fix { FixJSON.write(fix, in: finding.place.file, to: &writer) }
      if let waiver = finding.waiver { write(waiver, to: &writer) }
    }
  }

  private static func write(_ waiver: AppliedWaiver, to writer: inout JSONWriter) {
    writer.member("waiver") { writer in
      writer.member("reason", waiver.reason)
      writer.member("owner", waiver.owner)
      writer.member("ticket", waiver.ticket)
      writer.member("expires", waiver.expires.description)
    }
  }

  private static func write(_ error: Diagnostic, at region: Region?, to writer: inout JSONWriter) {
    writer.member("error") { writer in
      writer.member("message", error.message)
      writer.member("help", ifPresent: error.help)
      if let region { write(region, to: &writer) }
    }
  }

  private static func write(_ region: Region, to writer: inout JSONWriter) {
    writer.member("region") { writer in
      writer.member("startLine", region.start.line)
      writer.member("startColumn", region.start.column)
      writer.member("endLine", region.end.line)
      writer.member("endColumn", region.end.column)
    }
  }
}
