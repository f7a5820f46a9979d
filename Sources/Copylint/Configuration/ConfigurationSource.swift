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
    root = Self.repositoryRoot(FilePath.currentDirectory)
    switch source {
    case .none: return
    case .file(let path): load(FilePath.absolute(path), shown: path)
    case .discover:
      let path = FilePath.join(root, Configuration.fileName)
      if FilePath.exists(path) {
        load(path, shown: Self.shown(path))
      } else if FilePath.currentDirectory != root,
        FilePath.exists(FilePath.join(FilePath.currentDirectory, Configuration.fileName))
      {
        diagnostics.append(nested(FilePath.join(FilePath.currentDirectory, Configuration.fileName)))
      }
    }
  }

  /// The nearest directory upward that holds `.git`; the directory itself outside of a repository.
  private static func repositoryRoot(_ directory: ByteString) -> ByteString {
    var current = directory
    while true {
      if FilePath.exists(FilePath.join(current, ".git")) { return current }
      guard current != "/" else { return directory }
      current = FilePath.parent(current)
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
    FilePath.relative(path, to: FilePath.currentDirectory) ?? path
  }

  /// A second configuration beneath the first could only weaken it.
  func nested(_ path: ByteString) -> Diagnostic {
    Diagnostic(
      "a configuration below the repository's root",
      help: "one configuration rules a run; scope packs and targets by path in \(Escaping.quoted(Self.shown(FilePath.join(root, Configuration.fileName))))",
      path: Self.shown(path))
  }
}
