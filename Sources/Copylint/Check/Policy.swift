/// The packs of a run, ready to judge: everything is loaded and put together before the first request is read.
struct Policy {
  let loaded: LoadedConfiguration
  private let entries: [Entry]
  let graph: PackGraph
  private(set) var diagnostics: [Diagnostic]
  private var ruleSets: [[Int]: RuleSet] = [:]

  private struct Entry {
    var pack: PackFile
    /// Nil for every request.
    var paths: GlobList?
  }

  /// What is asked for on the command line.
  struct Options {
    var configuration: ConfigurationSource
    var packs: [ByteString]
    /// The directories of `COPYLINT_PACK_PATH`.
    var packPath: [ByteString]
  }

  init(_ options: Options) {
    loaded = LoadedConfiguration(options.configuration)
    let files = PackLoader.Files(
      read: { path throws(Diagnostic) in try FileReader.read(path, maxBytes: 4 << 20) },
      realPath: { FileSystem.realPath($0) }, isWritableByOthers: { FileSystem.isWritableByOthers($0) })
    let loader = PackLoader(
      files: files, surroundings: PackLoader.Surroundings(root: loaded.root, packPath: options.packPath))
    var entries = [loader.alwaysInForce()].compactMap { $0.map { Entry(pack: $0) } }
    let directory = loaded.path.map { Path.parent($0) } ?? loaded.root
    for entry in loaded.configuration.packs {
      let pack = loader.load(entry.reference, relativeTo: directory, isTrusted: false)
      entries += [pack].compactMap { $0.map { Entry(pack: $0, paths: entry.paths) } }
    }
    for name in options.packs {
      let pack = loader.load(PackReference(pack: name), relativeTo: FileSystem.workingDirectory, isTrusted: true)
      entries += [pack].compactMap { $0.map { Entry(pack: $0) } }
    }
    self.entries = entries
    graph = PackGraph(roots: entries.map(\.pack), loader: loader)
    diagnostics = loaded.diagnostics + loader.diagnostics + graph.nameClashes()
    // Without a pack that is missing, every reference to it would be one more mistake.
    if loader.isComplete { composeEach() }
  }

  var isUsable: Bool { diagnostics.isEmpty }

  /// The packs in force for some request, bases first.
  var packs: [PackFile] { graph.packs }

  /// Whether some pack is for some paths only.
  var isScoped: Bool { entries.contains { $0.paths != nil } }

  /// The rules for a request at a path relative to the root. Reports, once, what does not fit together there.
  mutating func rules(for path: ByteString?) -> RuleSet {
    let indices = entries.indices.filter { index in
      guard let paths = entries[index].paths else { return true }
      return path.map { path in paths.globs.contains { $0.matches(path) } } ?? true
    }
    return ruleSet(indices)
  }

  /// Every rule of every pack, whatever paths it is for. Two packs that never meet on one path may contradict each
  /// other, so nothing is reported.
  func allRules() -> RuleSet { RuleSet.compose(entries.map(\.pack), graph).0 }

  /// Puts every pack together with those that are always in force, so that a mistake is found even where no request is.
  private mutating func composeEach() {
    let always = entries.indices.filter { entries[$0].paths == nil }
    _ = ruleSet(always)
    for index in entries.indices where entries[index].paths != nil { _ = ruleSet((always + [index]).sorted()) }
  }

  private mutating func ruleSet(_ indices: [Int]) -> RuleSet {
    if let known = ruleSets[indices] { return known }
    let (set, problems) = RuleSet.compose(indices.map { entries[$0].pack }, graph)
    for problem in problems where !diagnostics.contains(where: { $0.isSame(as: problem) }) {
      diagnostics.append(problem)
    }
    ruleSets[indices] = set
    return set
  }
}

extension Diagnostic {
  /// Whether two say the same of the same place.
  fileprivate func isSame(as other: Diagnostic) -> Bool {
    message == other.message && path == other.path && place?.range == other.place?.range
  }
}
