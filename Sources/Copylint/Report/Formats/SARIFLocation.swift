/// Where in the repository something is, as SARIF says it.
struct SARIFLocation {
  /// The name of the base that repository-relative addresses have.
  static let root = "%SRCROOT%"

  private let path: ByteString

  init(_ path: ByteString) { self.path = path }

  /// `physicalLocation`, in the file as a whole without a region.
  func write(_ region: Region?, to writer: inout JSONWriter) {
    writer.member("physicalLocation") { writer in
      writer.member("artifactLocation") { writeArtifact(to: &$0) }
      if let region { writer.member("region") { Self.write(region, to: &$0) } }
    }
  }

  /// A file of the repository stands below its root; what is outside has its whole address, and standard input none.
  func writeArtifact(to writer: inout JSONWriter) {
    if Path.isAbsolute(path) { return writer.member("uri", "file://" + URIText.path(path)) }
    writer.member("uri", URIText.path(path))
    if path != "<stdin>" { writer.member("uriBaseId", Self.root) }
  }

  /// 1-based code points, the end exclusive.
  static func write(_ region: Region, to writer: inout JSONWriter) {
    writer.member("startLine", region.start.line)
    writer.member("startColumn", region.start.column)
    writer.member("endLine", region.end.line)
    writer.member("endColumn", region.end.column)
  }
}
