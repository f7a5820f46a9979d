/// The request files that a repository has already.
struct RequestSurvey {
  /// From the root, sorted.
  private(set) var paths: [ByteString] = []

  private static let maxBytes = 1 << 20

  /// Looks at every `*.json` beneath, but in directories that are hidden.
  init(root: ByteString) {
    let files = DirectoryWalk.files(beneath: root) { path, isDirectory in
      isDirectory ? Path.lastComponent(path).starts(with: ".") : !path.ends(with: ".json")
    }.files
    paths = files.filter(Self.holdsRequest).compactMap { Path.beneath($0, root) }
  }

  /// A file that cannot be read holds none: this is a proposal, not a verdict.
  private static func holdsRequest(_ file: ByteString) -> Bool {
    guard let bytes = try? FileReader.read(file, maxBytes: maxBytes) else { return false }
    let text = JSONText(SourceFile(path: file, bytes: bytes))
    guard ArraySplitter.isArray(text) else { return isRequest(text) }
    var found = false
    ArraySplitter.forEachElement(of: text) { element in
      if case .text(let text) = element, !found { found = isRequest(text) }
    }
    return found
  }

  private static func isRequest(_ text: JSONText) -> Bool {
    guard let document = try? Document(text, limits: JSONLimits()), let copy = try? ProposedCopy(document) else {
      return false
    }
    if case .absent = copy.request.sourceModelArn { return false }
    if case .absent = copy.request.targetModelName { return false }
    return true
  }
}
