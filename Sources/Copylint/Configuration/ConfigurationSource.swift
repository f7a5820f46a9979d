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
  /// Where it came from, and all other policy comes from.
  private(set) var files = PolicyFiles.fileSystem
  var diagnostics: [Diagnostic] = []

  /// `revision` is the commit that policy is read from; nil for the files as they are.
  init(_ source: ConfigurationSource, from revision: ByteString? = nil) {
    root = Self.repositoryRoot(FileSystem.workingDirectory)
    do throws(Diagnostic) {
      if let revision { files = try .commit(revision, of: try GitRepository(root: root)) }
    } catch {
      diagnostics.append(error)
      return
    }
    switch source {
    case .none: return
    case .file(let path): load(FileSystem.absolutePath(path), shown: path)
    case .discover:
      let path = Path.join(root, Configuration.fileName)
      if files.exists(path) {
        load(path, shown: Self.shown(path))
      } else if let revision {
        diagnostics.append(absent(path, in: revision))
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
      let file = SourceFile(path: shown, bytes: try files.content(path))
      self.file = file
      let decoding = Decoding()
      Configuration.shape.decode(Node(try Document(JSONText(file))), into: &configuration, decoding)
      diagnostics += decoding.diagnostics
    } catch {
      diagnostics.append(error.place == nil ? Diagnostic(error.message, help: error.help, path: shown) : error)
    }
  }

  /// Without its configuration a commit would let everything pass.
  private func absent(_ path: ByteString, in revision: ByteString) -> Diagnostic {
    Diagnostic(
      "\(Escaping.quoted(revision)) has no configuration",
      help: "merge `.copylint.json` before policy is read from there, or pass `--no-config` and the packs",
      path: Self.shown(path))
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
