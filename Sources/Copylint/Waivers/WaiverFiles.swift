/// The waiver files that a configuration names.
struct WaiverFiles {
  /// Those that could be read.
  private(set) var files: [WaiverFile] = []
  /// What keeps the others from being used.
  private(set) var diagnostics: [Diagnostic] = []
  /// Absolute paths of all of them, read or not.
  private(set) var paths: [ByteString] = []

  /// No file.
  init() {}

  /// Reads every file from where the configuration comes from. Paths are relative to it, and may not leave the root.
  /// `mayMakeFirst` takes a first file that is not there for an empty one.
  init(_ loaded: LoadedConfiguration, mayMakeFirst: Bool = false) {
    for node in loaded.configuration.waivers {
      guard let name = node.value.string else { continue }
      let path = Self.path(name, loaded)
      if paths.contains(path) {
        diagnostics.append(Diagnostic("\(Escaping.quoted(name)) is named twice", help: "name it once", at: node.place))
        continue
      }
      paths.append(path)
      do throws(PolicyErrors) {
        let isNew = mayMakeFirst && paths.count == 1 && !FileSystem.exists(path)
        files.append(try Self.load(path, named: node, loaded, isNew: isNew))
      } catch {
        diagnostics += error.diagnostics
      }
    }
  }

  /// Reads files that a program names; paths are relative to the working directory.
  static func load(_ paths: [ByteString]) throws(PolicyErrors) -> [WaiverFile] {
    var files: [WaiverFile] = []
    for path in paths {
      let bytes: [UInt8]
      do throws(Diagnostic) {
        bytes = try PolicyFiles.fileSystem.readTrusted(path)
      } catch {
        throw PolicyErrors([error])
      }
      files.append(try WaiverFile(SourceFile(path: path, bytes: bytes), repositoryPath: path))
    }
    return files
  }

  /// Where a file that the configuration names stands.
  static func path(_ name: ByteString, _ loaded: LoadedConfiguration) -> ByteString {
    Path.normalised(Path.join(loaded.path.map { Path.parent($0) } ?? loaded.root, name))
  }

  private static func load(
    _ path: ByteString, named node: Node, _ loaded: LoadedConfiguration, isNew: Bool
  ) throws(PolicyErrors) -> WaiverFile {
    let name = Escaping.quoted(node.value.string ?? "")
    // A directory on the way may be a link.
    let real = loaded.files.realPath(Path.parent(path)) ?? Path.parent(path)
    guard let repositoryPath = Path.beneath(path, loaded.root), Path.beneath(real, loaded.root) != nil else {
      throw PolicyErrors([
        Diagnostic("the waivers \(name) are outside the repository", help: "keep them in it", at: node.place)
      ])
    }
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = isNew ? WaiverText.empty : try loaded.files.readTrusted(path)
    } catch {
      let isMissing = !FileSystem.isTaken(path)
      let help = isMissing ? "`copylint waive` makes the file; without waivers leave it out" : error.help
      throw PolicyErrors([Diagnostic("the waivers \(name): \(error.message)", help: help, at: node.place)])
    }
    return try WaiverFile(
      SourceFile(path: LoadedConfiguration.shown(path), bytes: bytes), repositoryPath: repositoryPath)
  }
}
