/// The packs of a run, ready to judge: everything is loaded and put together before the first request is read.
struct Policy {
  let loaded: LoadedConfiguration
  private let entries: [Entry]
  let graph: PackGraph
  private(set) var diagnostics: [Diagnostic]
  /// Those that were asked for, in that order.
  private var ruleSets: [RuleSet] = []
  /// What each of them is for: the indices of the entries, as bytes.
  private var scopes = ByteStringSet()
  private let required: [RequiredPack]

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
    /// The commit that everything is read from; nil for the files as they are.
    var revision: ByteString?
    /// Packs that must be in force.
    var required: [RequiredPack]
  }

  init(_ options: Options) {
    loaded = LoadedConfiguration(options.configuration, from: options.revision)
    required = options.required
    let loader = PackLoader(
      files: loaded.files, surroundings: PackLoader.Surroundings(root: loaded.root, packPath: options.packPath))
    var entries: [Entry] = []
    if let pack = loader.alwaysInForce() { entries.append(Entry(pack: pack)) }
    let directory = loaded.path.map { Path.parent($0) } ?? loaded.root
    for entry in loaded.configuration.packs {
      let pack = loader.load(entry.reference, relativeTo: directory, isTrusted: false)
      if let pack { entries.append(Entry(pack: pack, paths: entry.paths)) }
    }
    for name in options.packs {
      let pack = loader.load(PackReference(pack: name), relativeTo: FileSystem.workingDirectory, isTrusted: true)
      if let pack { entries.append(Entry(pack: pack)) }
    }
    self.entries = entries
    graph = PackGraph(roots: entries.map(\.pack), loader: loader)
    diagnostics = loaded.diagnostics + loader.diagnostics + graph.nameClashes()
    // Without a pack that is missing, every reference to it would be one more mistake.
    if loader.isComplete { composeEach() }
    guard diagnostics.isEmpty else { return }
    diagnostics += required.filter { !$0.isAmong(packs) }.map { $0.missing(from: packs, for: nil) }
  }

  var isUsable: Bool { diagnostics.isEmpty }

  /// The packs in force for some request, bases first.
  var packs: [PackFile] { graph.packs }

  /// The same as reports name them.
  var reported: [Report.Pack] {
    packs.map {
      Report.Pack(name: $0.header.name.displayString, version: $0.header.version.displayString, digest: $0.digest)
    }
  }

  /// Whether some rule that was asked for compares requests with each other.
  var comparesRequests: Bool {
    ruleSets.contains { set in set.rules.contains { type(of: $0.kind).comparesRequests } }
  }

  /// Whether some pack is for some paths only.
  var isScoped: Bool { entries.contains { $0.paths != nil } }

  /// Whether the rules and what is declared are the same whatever the path.
  var isUniform: Bool { !isScoped && loaded.configuration.targets.isEmpty }

  /// The rules for a request at a path relative to the root. Reports, once, what does not fit together there.
  mutating func rules(for path: ByteString?) -> RuleSet {
    let indices = entries.indices.filter { index in
      guard let paths = entries[index].paths else { return true }
      return path.map { path in paths.globs.contains { $0.matches(path) } } ?? true
    }
    return ruleSet(indices)
  }

  /// That a pack which must be in force is not, for the first of some requests that lacks it.
  mutating func missingPacks(for paths: [ByteString?]) -> [Diagnostic] {
    guard isScoped else { return [] }
    return required.compactMap { pack in
      let path = paths.first { !pack.isAmong(rules(for: $0).packs) }
      return path.map { pack.missing(from: rules(for: $0).packs, for: $0) }
    }
  }

  /// What the path and the options say of where a copy goes.
  func declarations(for path: ByteString?, _ options: CheckOptions) -> [TargetDeclaration] {
    var declarations = loaded.configuration.targets.compactMap { entry in
      path.flatMap { entry.declaration(for: $0) }
    }
    if options.region != nil || options.account != nil {
      declarations.append(
        TargetDeclaration(
          source: .option, region: options.region.map { ByteString($0) },
          account: options.account.map { ByteString($0) }))
    }
    return declarations
  }

  /// Every rule of every pack, whatever paths it is for. Two packs that never meet on one path may contradict each
  /// other, so nothing is reported.
  func allRules() -> RuleSet { RuleSet.compose(entries.map(\.pack), graph).0 }

  /// Every variant of every rule that is in force somewhere, by name.
  func rulesByName() -> [ByteString: [Rule]] {
    let all = ruleSets.flatMap(\.rules) + allRules().rules
    return Dictionary(grouping: all) { ByteString($0.name) }
  }

  /// Puts every pack together with those that are always in force, so that a mistake is found even where no request is.
  private mutating func composeEach() {
    let always = entries.indices.filter { entries[$0].paths == nil }
    _ = ruleSet(always)
    for index in entries.indices where entries[index].paths != nil { _ = ruleSet((always + [index]).sorted()) }
  }

  private mutating func ruleSet(_ indices: [Int]) -> RuleSet {
    let (isNew, position) = scopes.insert(indices.withUnsafeBytes { ByteString($0) })
    guard isNew else { return ruleSets[position] }
    let (set, problems) = RuleSet.compose(indices.map { entries[$0].pack }, graph)
    for problem in problems where !diagnostics.contains(where: { $0.isSame(as: problem) }) {
      diagnostics.append(problem)
    }
    ruleSets.append(set)
    return set
  }
}

extension Diagnostic {
  /// Whether two say the same of the same place.
  fileprivate func isSame(as other: Diagnostic) -> Bool {
    message == other.message && path == other.path && place?.range == other.place?.range
  }
}
