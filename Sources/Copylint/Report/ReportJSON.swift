/// What several JSON reports have in common.
package enum ReportJSON {
  /// A pack in force: `{"name", "version", "sha256"}`.
  package static func write(_ pack: Report.Pack, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", pack.name)
      writer.member("version", pack.version)
      writer.member("sha256", pack.sha256)
    }
  }

  /// What is wrong with packs and the configuration: `{"path", "line", "column", "message", "help"}`.
  package static func write(_ error: Diagnostic, to writer: inout JSONWriter) {
    let start = error.place?.start
    writer.object { writer in
      if let path = error.path { writer.member("path", path) }
      if let start {
        writer.member("line", start.line)
        writer.member("column", start.column)
      }
      writer.member("message", error.message)
      writer.member("help", ifPresent: error.help)
    }
  }

  /// What stands above a report of one object.
  static func writeHead(_ header: Report.Header, version: Int, to writer: inout JSONWriter) {
    writer.member("version", version)
    writer.member("tool", header.tool)
    writer.member("today", header.today)
    writer.key("packs")
    writer.array(header.packs) { write($1, to: &$0) }
  }

  /// The figures of a run.
  static func write(_ summary: Summary, to writer: inout JSONWriter) {
    writer.member("summary") { writer in
      writer.member("requests", summary.requests)
      writer.member("compliant", summary.compliant)
      writer.member("denied", summary.denied)
      writer.member("undetermined", summary.undetermined)
      writer.member("unreadable", summary.unreadable)
      writer.member("findings") { writer in
        writer.member("error", summary.errors)
        writer.member("warning", summary.warnings)
        writer.member("info", summary.infos)
      }
      writer.member("waived", summary.waived)
      writer.member("known", summary.known)
    }
  }
}
