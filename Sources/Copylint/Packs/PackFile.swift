/// One pack as its file has it: decoded as far as that is possible without the packs it extends.
final class PackFile: Sendable {
  let document: Document
  let digest: LazySHA256
  /// Counted from 0 among those that its loader read.
  let number: Int
  let origin: PackOrigin
  let header: PackHeader
  let extends: [PackReference]
  let sets: [(name: ByteString, set: PackSet)]
  let rules: [RuleNode]
  let overrides: [PackOverride]

  init(_ document: Document, number: Int, origin: PackOrigin, _ contents: PackContents) {
    self.document = document
    digest = LazySHA256(of: document.text.file.bytes)
    self.number = number
    self.origin = origin
    header = PackHeader(
      name: contents.name ?? "", version: contents.version ?? "", description: contents.description,
      owner: contents.owner)
    extends = contents.extends
    sets = contents.sets
    rules = contents.rules
    overrides = contents.overrides
  }

  /// SHA-256 of the file, hexadecimal.
  var sha256: String { digest.hexadecimal }
}

/// Where a pack came from.
enum PackOrigin: Hashable, Sendable {
  case builtIn
  /// Its absolute path with links resolved, the directory its own paths are relative to, and the directory that they
  /// may not leave unless pinned.
  case file(path: ByteString, directory: ByteString, root: ByteString)
}

/// A named list of values.
struct PackSet: Sendable {
  var values: [Node] = []
  var overridable: Bool?
}

/// A pack that another names.
struct PackReference: Sendable {
  /// A built-in name, or a path.
  var pack: ByteString?
  /// The digest it must have, hexadecimal.
  var sha256: ByteString?
  /// Where it is named; nil on a command line.
  var node: Node?

  /// A value with `/` or `.json` is a path.
  var isPath: Bool { pack.map { $0.bytes.contains(UInt8(ascii: "/")) || $0.ends(with: ".json") } ?? false }
}

/// A change that a pack makes to a rule or a set of a pack it extends.
struct PackOverride: Sendable {
  var rule: ByteString?
  var set: ByteString?
  /// The members that change.
  var with: [Node] = []
  var withNode: Node?
  var off: Bool?
  var values: [Node]?
  var node: Node
}
