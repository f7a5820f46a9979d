/// A fix as JSON: the member `fix` of a finding.
enum FixJSON {
  static func write(_ fix: Fix, in file: SourceFile, to writer: inout JSONWriter) {
    writer.member("fix") { writer in
      writer.member("safety", fix.safety.rawValue)
      writer.member("summary", fix.summary)
      writer.key("edits")
      writer.array(fix.edits) { write($1, in: file, to: &$0) }
    }
  }

  private static func write(_ edit: Fix.Edit, in file: SourceFile, to writer: inout JSONWriter) {
    let start = file.position(ofByte: edit.range.lowerBound)
    let end = file.position(ofByte: edit.range.upperBound)
    writer.object { writer in
      writer.member("startLine", start.line)
      writer.member("startColumn", start.column)
      writer.member("endLine", end.line)
      writer.member("endColumn", end.column)
      writer.member("replacement", ByteString(edit.replacement))
    }
  }
}
