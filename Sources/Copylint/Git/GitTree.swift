/// The files of a commit, or of the index.
struct GitTree: Sendable {
  /// What stands at a path.
  struct Entry: Equatable, Sendable {
    enum Kind: Sendable {
      case file
      case link
      /// A commit of another repository.
      case submodule
    }

    var kind: Kind
    /// The name of the object, in hexadecimal.
    var object: ByteString
  }

  /// What a path leads to.
  enum Resolution: Equatable {
    case file(path: ByteString, Entry)
    case directory
    /// To nothing that git has.
    case nothing
  }

  /// By the path from the top.
  let entries: [ByteString: Entry]
  private let directories: Set<ByteString>
  private static let maxLinks = 40

  init(_ entries: [ByteString: Entry]) {
    self.entries = entries
    var directories: Set<ByteString> = []
    for path in entries.keys {
      var parent = Path.parent(path)
      while parent != ".", directories.insert(parent).inserted { parent = Path.parent(parent) }
    }
    self.directories = directories
  }

  /// Follows links, of files and of directories, as the file system would. `target` gives what a link holds, from the
  /// top where it is absolute; nil when it leads out.
  func resolve(
    _ path: ByteString, target: (Entry) throws(Diagnostic) -> ByteString?
  ) throws(Diagnostic) -> Resolution {
    var pending = Self.names(path)
    var current: [ArraySlice<UInt8>] = []
    var links = 0
    while let name = pending.popLast() {
      if name.elementsEqual(".".utf8) { continue }
      if name.elementsEqual("..".utf8) {
        guard current.popLast() != nil else { return .nothing }
        continue
      }
      let here = ByteString((current + [name]).joined(separator: [UInt8(ascii: "/")]))
      guard let entry = entries[here] else {
        guard directories.contains(here) else { return .nothing }
        current.append(name)
        continue
      }
      switch entry.kind {
      case .submodule: return .nothing
      case .file: return pending.isEmpty ? .file(path: here, entry) : .nothing
      case .link:
        links += 1
        guard links <= Self.maxLinks, let target = try target(entry) else { return .nothing }
        pending += Self.names(target)
        if Path.isAbsolute(target) { current = [] }
      }
    }
    return .directory
  }

  /// The last first.
  private static func names(_ path: ByteString) -> [ArraySlice<UInt8>] {
    path.bytes.split(separator: UInt8(ascii: "/")).reversed()
  }
}

extension GitTree {
  /// From `git ls-files --stage -z`: mode, object, stage, tab, path.
  init(index output: [UInt8]) throws(Diagnostic) { try self.init(output, columns: 3, object: 1, stage: 2) }

  /// From `git ls-tree -r -z`: mode, type, object, tab, path.
  init(tree output: [UInt8]) throws(Diagnostic) { try self.init(output, columns: 3, object: 2, stage: nil) }

  private init(_ output: [UInt8], columns: Int, object: Int, stage: Int?) throws(Diagnostic) {
    var entries: [ByteString: Entry] = [:]
    for record in output.split(separator: 0) {
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { throw Self.malformed }
      let fields = record[..<tab].split(separator: UInt8(ascii: " ")).map { ByteString($0) }
      guard fields.count == columns, let kind = Entry.Kind(mode: fields[0]) else { throw Self.malformed }
      let path = ByteString(record[(tab + 1)...])
      if let stage, fields[stage] != "0" {
        throw Diagnostic("is in conflict", help: "resolve the merge, and `git add` the file", path: path)
      }
      entries[path] = Entry(kind: kind, object: fields[object])
    }
    self.init(entries)
  }

  private static let malformed = Diagnostic("git lists its files in an unknown form")
}

extension GitTree.Entry.Kind {
  /// By the mode as git writes it; nil for one that is unknown.
  init?(mode: ByteString) {
    switch mode {
    case "100644", "100755", "100664": self = .file
    case "120000": self = .link
    case "160000": self = .submodule
    default: return nil
    }
  }
}
