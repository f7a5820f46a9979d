import BuiltInPacks

/// Finds, reads and decodes packs and everything they extend. Reports every mistake; a set of packs with one is not used.
final class PackLoader {
  /// The directory that paths may not leave unless pinned, and the directories of `COPYLINT_PACK_PATH`.
  struct Surroundings: Sendable {
    var root: ByteString
    var packPath: [ByteString]
  }

  private let files: PolicyFiles
  private let surroundings: Surroundings
  /// By the name of a built-in one, or the absolute path with links resolved, which no name is.
  private var keys = ByteStringSet()
  /// In the order of the keys, by their numbers.
  private var packs: [PackFile] = []
  private var open: [ByteString] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether every pack that is named was found and could be parsed: the rules can be put together, and their mistakes
  /// reported too.
  private(set) var isComplete = true

  /// The largest pack, in bytes.
  private static let limits = JSONLimits(maxBytes: 4 << 20, maxTokens: 1_000_000)

  init(files: PolicyFiles, surroundings: Surroundings) {
    self.files = files
    self.surroundings = surroundings
  }

  /// Loads a pack named in the configuration or on the command line. `directory` is what its path is relative to;
  /// `isTrusted` lets it stand outside the repository, as a command line may.
  func load(_ reference: PackReference, relativeTo directory: ByteString, isTrusted: Bool) -> PackFile? {
    guard let name = reference.pack else { return nil }
    guard reference.isPath else { return builtIn(name, reference) }
    return file(reference, name, directory: directory, root: isTrusted ? nil : surroundings.root)
  }

  /// The pack that is always in force.
  func alwaysInForce() -> PackFile? { builtIn("bedrock-api", PackReference(pack: "bedrock-api")) }

  // MARK: Finding

  private func builtIn(_ name: ByteString, _ reference: PackReference) -> PackFile? {
    let known = BuiltInPacks.names.first { ByteString($0) == name }
    guard let bytes = known.flatMap(BuiltInPacks.bytes) else {
      let names = BuiltInPacks.names.map { ByteString($0) }
      let help = Suggestion.help(for: name, amongAll: names, called: "built-in packs")
      report(
        "there is no built-in pack \(Escaping.quoted(name))", help: help + "; a path holds `/` or ends in `.json`",
        reference)
      return nil
    }
    let path = ByteString(Array("<built-in>/".utf8) + name.bytes + Array(".json".utf8))
    let text = JSONText(SourceFile(path: path, bytes: bytes))
    return decode(text, origin: .builtIn, key: name, reference)
  }

  private func file(
    _ reference: PackReference, _ name: ByteString, directory: ByteString, root: ByteString?
  ) -> PackFile? {
    guard let found = find(name, directory) else {
      let looked = ([directory] + surroundings.packPath).map { Escaping.quoted($0) }.joined(separator: ", ")
      report("there is no pack \(Escaping.quoted(name))", help: "looked in \(looked)", reference)
      return nil
    }
    let isInside = root.map { Path.beneath(found.real, $0) != nil } ?? true
    guard isInside || found.isOnPackPath || reference.sha256 != nil else {
      report(
        "the pack \(Escaping.quoted(name)) is outside the repository",
        help: "pin it with `sha256`, or put its directory on `COPYLINT_PACK_PATH`", reference)
      return nil
    }
    guard reference.sha256 != nil || !files.isWritableByOthers(found.real) else {
      report(
        "anyone can write the pack \(Escaping.quoted(name))", help: "remove the permission: `chmod o-w`", reference)
      return nil
    }
    let parent = Path.parent(found.real)
    let origin = PackOrigin.file(
      path: found.real, directory: parent,
      root: root ?? (Path.beneath(found.real, surroundings.root) != nil ? surroundings.root : parent))
    do {
      let bytes = try files.read(found.real)
      let text = JSONText(SourceFile(path: found.shown, bytes: bytes))
      return decode(text, origin: origin, key: found.real, reference)
    } catch {
      isComplete = false
      diagnostics.append(error)
      return nil
    }
  }

  private func find(
    _ name: ByteString, _ directory: ByteString
  ) -> (shown: ByteString, real: ByteString, isOnPackPath: Bool)? {
    let path = Path.join(directory, name)
    if let real = files.realPath(path) { return (shown(path), real, false) }
    guard !Path.isAbsolute(name) else { return nil }
    for folder in surroundings.packPath {
      if let real = files.realPath(Path.join(folder, name)) { return (Path.join(folder, name), real, true) }
    }
    return nil
  }

  /// Relative to the repository where it is in it.
  private func shown(_ path: ByteString) -> ByteString {
    Path.beneath(Path.normalised(path), surroundings.root) ?? path
  }

  // MARK: Reading

  private func decode(
    _ text: JSONText, origin: PackOrigin, key: ByteString, _ reference: PackReference
  ) -> PackFile? {
    guard isPinned(text, reference) else { return nil }
    guard !open.contains(key) else {
      report("the pack extends itself", help: "remove one of the `extends` in the circle", reference)
      return nil
    }
    if let known = keys.position(of: key) { return packs[known] }
    open.append(key)
    defer { open.removeLast() }
    guard let document = parse(text, origin) else { return nil }
    let pack = decode(document, origin)
    keys.insert(key)
    packs.append(pack)
    for base in pack.extends { load(base, of: pack) }
    return pack
  }

  private func load(_ base: PackReference, of pack: PackFile) {
    switch pack.origin {
    case .builtIn: _ = load(base, relativeTo: surroundings.root, isTrusted: false)
    case .file(_, let directory, let root):
      guard let name = base.pack, base.isPath else {
        _ = load(base, relativeTo: directory, isTrusted: false)
        return
      }
      _ = file(base, name, directory: directory, root: root)
    }
  }

  /// Whether the text has the digest that is demanded; any has where none is.
  private func isPinned(_ text: JSONText, _ reference: PackReference) -> Bool {
    guard let expected = reference.sha256 else { return true }
    let digest = SHA256Digest.hexadecimal(text.file.bytes)
    if expected.asciiLowercased == ByteString(digest) { return true }
    report("the pack is not the one that is pinned", help: "its SHA-256 is `\(digest)`", reference)
    return false
  }

  private func parse(_ text: JSONText, _ origin: PackOrigin) -> Document? {
    if origin == .builtIn { return Document(known: text) }
    do {
      return try Document(text, limits: Self.limits)
    } catch {
      isComplete = false
      diagnostics.append(error)
      return nil
    }
  }

  private func decode(_ document: Document, _ origin: PackOrigin) -> PackFile {
    let decoding = Decoding()
    var contents = PackContents()
    PackContents.shape.decode(Node(document), into: &contents, decoding)
    validate(contents, document, decoding)
    diagnostics += decoding.diagnostics
    return PackFile(document, number: packs.count, origin: origin, contents)
  }

  private func validate(_ contents: PackContents, _ document: Document, _ decoding: Decoding) {
    let node = Node(document)
    if let reserved = contents.name, ReservedRules.packNames.contains(reserved), let name = node["name"] {
      decoding.report("the name \(Escaping.quoted(reserved)) is reserved", help: "choose another name", at: name)
    }
    guard document.root.kind == .object, node["rules"] == nil, contents.extends.isEmpty else { return }
    decoding.report("the pack has no rules", help: "add `rules`, or `extends`", at: node)
  }

  private func report(_ message: String, help: String, _ reference: PackReference) {
    isComplete = false
    guard let node = reference.node else { return diagnostics.append(Diagnostic(message, help: help)) }
    diagnostics.append(Diagnostic(message, help: help, at: node.place))
  }

  /// The pack a reference of a loaded pack leads to; nil where loading it failed.
  func base(_ reference: PackReference, of pack: PackFile) -> PackFile? {
    guard let name = reference.pack else { return nil }
    guard reference.isPath else { return keys.position(of: name).map { packs[$0] } }
    guard case .file(_, let directory, _) = pack.origin, let found = find(name, directory) else { return nil }
    return keys.position(of: found.real).map { packs[$0] }
  }
}
