/// Where the configuration comes from.
public enum ConfigurationSource: Sendable {
  /// `.copylint.json` at the repository's root, if there is one.
  case discover
  /// This file.
  case file(ByteString)
  /// None, although there may be one.
  case none
}

/// The configuration with the directory that its paths are relative to.
struct LoadedConfiguration {
  var configuration = Configuration()
  /// The repository's root, or the working directory outside of one: absolute, links resolved.
  var root: ByteString
  /// The file; nil when there is none.
  var file: SourceFile?
  /// Its absolute path.
  var path: ByteString?
  var diagnostics: [Diagnostic] = []

  init(_ source: ConfigurationSource) {
    root = Self.repositoryRoot(FileSystem.workingDirectory)
    switch source {
    case .none: return
    case .file(let path): load(FileSystem.absolutePath(path), shown: path)
    case .discover:
      let path = Path.join(root, Configuration.fileName)
      if FileSystem.exists(path) {
        load(path, shown: Self.shown(path))
      } else if FileSystem.workingDirectory != root,
        FileSystem.exists(Path.join(FileSystem.workingDirectory, Configuration.fileName))
      {
        diagnostics.append(nested(Path.join(FileSystem.workingDirectory, Configuration.fileName)))
      }
    }
  }

  /// The nearest directory upward that holds `.git`; the directory itself outside of a repository.
  private static func repositoryRoot(_ directory: ByteString) -> ByteString {
    var current = directory
    while true {
      if FileSystem.exists(Path.join(current, ".git")) { return current }
      guard current != "/" else { return directory }
      current = Path.parent(current)
    }
  }

  private mutating func load(_ path: ByteString, shown: ByteString) {
    self.path = path
    do throws(Diagnostic) {
      let file = SourceFile(path: shown, bytes: try FileReader.read(path, maxBytes: 4 << 20))
      self.file = file
      let decoding = Decoding()
      Configuration.shape.decode(Node(try Document(JSONText(file))), into: &configuration, decoding)
      diagnostics += decoding.diagnostics
    } catch {
      diagnostics.append(error.place == nil ? Diagnostic(error.message, help: error.help, path: shown) : error)
    }
  }

  /// A path as it is shown: from the working directory where it is beneath.
  static func shown(_ path: ByteString) -> ByteString {
    Path.beneath(path, FileSystem.workingDirectory) ?? path
  }

  /// A second configuration beneath the first could only weaken it.
  func nested(_ path: ByteString) -> Diagnostic {
    Diagnostic(
      "a configuration below the repository's root",
      help:
        "one configuration rules a run; scope packs and targets by path in \(Escaping.quoted(Self.shown(Path.join(root, Configuration.fileName))))",
      path: Self.shown(path))
  }
}
