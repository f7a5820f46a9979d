/// The paths that platforms look files up by: from the repository's root, wherever the run started.
struct RepositoryPaths {
  /// From the root to the working directory, `.` where they are one; nil where the one is not beneath the other.
  let workingDirectory: ByteString?

  init(_ header: Report.Header) { workingDirectory = header.workingDirectory }

  /// The path of a request's input.
  func path(of request: Report.Request) -> ByteString { request.repositoryPath ?? path(request.path) }

  /// The path of a place: that of the request it belongs to, or of another file.
  func path(of place: Place, in request: Report.Request) -> ByteString {
    place.file.path == request.path ? path(of: request) : path(place.file.path)
  }

  /// The path that a diagnostic is about, or that of its request; nil when it is about no file.
  func path(of diagnostic: Diagnostic, in request: Report.Request? = nil) -> ByteString? {
    let shown = diagnostic.place?.file.path ?? diagnostic.path
    if let request, shown == nil || shown == request.path { return path(of: request) }
    return shown.map { path($0) }
  }

  /// A path as it is shown, which starts from the working directory. Standard input is no path and stays.
  private func path(_ shown: ByteString) -> ByteString {
    guard let workingDirectory, shown != "<stdin>", !Path.isAbsolute(shown) else { return shown }
    return Path.normalised(Path.join(workingDirectory, shown))
  }
}
