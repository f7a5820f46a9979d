/// The parts of the JSON report, version 1: members may be added within it, never changed.
enum JSONLayout {
  static func writeHead(_ run: Report, _ summary: Summary, to writer: inout JSONWriter) {
    writer.member("version", 1)
    writer.member("tool", run.tool)
    writer.member("today", run.today)
    writer.key("packs")
    writer.array { writer in
      for pack in run.packs {
        writer.object {
          $0.member("name", pack.name)
          $0.member("version", pack.version)
          $0.member("sha256", pack.sha256)
        }
      }
    }
    writer.key("summary")
    writer.object { write(summary, to: &$0) }
  }

  private static func write(_ summary: Summary, to writer: inout JSONWriter) {
    writer.member("requests", summary.requests)
    writer.member("compliant", summary.compliant)
    writer.member("denied", summary.denied)
    writer.member("undetermined", summary.undetermined)
    writer.member("unreadable", summary.unreadable)
    writer.key("findings")
    writer.object {
      $0.member("error", summary.errors)
      $0.member("warning", summary.warnings)
      $0.member("info", summary.infos)
    }
    writer.member("waived", summary.waived)
    writer.key("rules")
    writer.object { write(summary.rules, to: &$0) }
  }

  private static func write(_ counts: [RuleVerdict: Int], to writer: inout JSONWriter) {
    for verdict in RuleVerdict.allCases { writer.member(verdict.rawValue, counts[verdict, default: 0]) }
  }

  static func write(_ request: Report.Request, isVerbose: Bool, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("path", request.path)
      writer.member("line", request.line)
      writer.member("pointer", request.pointer.description)
      writer.member("verdict", request.verdict.rawValue)
      writer.key("target")
      writer.object { write(request.target, to: &$0) }
      writer.key("rules")
      writer.object { write(request.results.mapValues(\.count), to: &$0) }
      if isVerbose {
        writer.key("results")
        writer.object { writer in
          for verdict in RuleVerdict.allCases { writer.member(verdict.rawValue, request.results[verdict] ?? []) }
        }
      }
      writer.key("findings")
      writer.array { writer in for finding in request.findings { write(finding, to: &writer) } }
      if let error = request.error {
        writer.key("error")
        writer.object { writeUnreadable(error, to: &$0) }
      }
    }
  }

  private static func write(_ target: Report.Target, to writer: inout JSONWriter) {
    for (name, value) in [
      ("region", target.region), ("account", target.account), ("declaredBy", target.declaredBy.map { ByteString($0) }),
    ] {
      writer.key(name)
      if let value { writer.value(value) } else { writer.null() }
    }
  }

  private static func write(_ finding: Finding, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("kind", finding.kind)
      writer.member("severity", finding.severity.rawValue)
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("message", finding.message)
      writer.member("help", finding.help)
      writer.member("pointer", finding.pointer.description)
      writeRegion(finding.place, to: &writer)
      writer.member("fingerprint", finding.fingerprint)
      writer.member("controls", finding.controls)
    }
  }

  private static func writeRegion(_ place: Place, to writer: inout JSONWriter) {
    let (start, end) = (place.start, place.end)
    writer.key("region")
    writer.object {
      $0.member("startLine", start.line)
      $0.member("startColumn", start.column)
      $0.member("endLine", end.line)
      $0.member("endColumn", end.column)
    }
  }

  private static func writeUnreadable(_ error: Diagnostic, to writer: inout JSONWriter) {
    writer.member("message", error.message)
    writer.member("help", error.help)
    if let place = error.place { writeRegion(place, to: &writer) }
  }

  static func write(_ error: Diagnostic, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("path", error.path)
      if let start = error.place?.start {
        writer.member("line", start.line)
        writer.member("column", start.column)
      }
      writer.member("message", error.message)
      writer.member("help", error.help)
    }
  }
}
