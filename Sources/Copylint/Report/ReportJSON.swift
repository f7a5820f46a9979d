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
}
