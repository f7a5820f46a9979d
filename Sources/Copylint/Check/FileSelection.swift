/// Which files are judged.
struct FileSelection {
  /// A file to judge.
  struct Input: Equatable {
    /// What is opened: absolute, or nil for standard input.
    var file: ByteString?
    /// As it is reported: from the working directory.
    var shown: ByteString
    /// From the root; nil for standard input without a name.
    var policyPath: ByteString?
  }

  private(set) var inputs: [Input] = []
  private(set) var problems: [Diagnostic] = []
  /// What was looked for, for the message that nothing was found.
  private(set) var lookedFor: [String] = []
  /// Files that were named and left out.
  private(set) var excluded = 0

  private let loaded: LoadedConfiguration
  private let forceExclude: Bool
  /// Absolute paths that are no requests: packs and the configuration.
  private let policyFiles: Set<ByteString>
  private var seen: Set<ByteString> = []
  private let isConfigured: Bool

  init(_ options: CheckOptions, _ policy: Policy) {
    loaded = policy.loaded
    forceExclude = options.forceExclude
    isConfigured = loaded.file != nil
    policyFiles = Set(
      policy.packs.compactMap { if case .file(let path, _, _) = $0.origin { path } else { nil } }
        + [loaded.path].compactMap { $0 })
    if options.paths.isEmpty {
      add(directory: isConfigured ? loaded.root : FileSystem.workingDirectory, named: ".")
      reportUnmatchedGlobs()
    }
    for path in options.paths { add(ByteString(path), stdinPath: options.stdinPath.map { ByteString($0) }) }
    inputs.sort { $0.shown < $1.shown }
    if isConfigured || options.configuration.isDiscovered { reportNestedConfigurations() }
  }

  private mutating func add(_ path: ByteString, stdinPath: ByteString?) {
    if path == "-" { return addStandardInput(stdinPath) }
    let absolute = FileSystem.absolutePath(path)
    if FileSystem.isDirectory(absolute) {
      add(directory: absolute, named: path)
    } else if forceExclude, !isIncluded(absolute) {
      excluded += 1
    } else {
      lookedFor.append("the file \(Escaping.quoted(path))")
      append(absolute, shown: path)
    }
  }

  private mutating func addStandardInput(_ name: ByteString?) {
    lookedFor.append("standard input")
    let policyPath = name.map { name in Path.beneath(FileSystem.absolutePath(name), loaded.root) ?? name }
    inputs.append(Input(file: nil, shown: name ?? "<stdin>", policyPath: policyPath))
  }

  private mutating func append(_ absolute: ByteString, shown: ByteString) {
    guard seen.insert(absolute).inserted else { return }
    let real = Path.join(
      FileSystem.realPath(Path.parent(absolute)) ?? Path.parent(absolute), Path.lastComponent(absolute))
    inputs.append(
      Input(
        file: absolute, shown: Path.beneath(absolute, FileSystem.workingDirectory) ?? shown,
        policyPath: Path.beneath(real, loaded.root) ?? absolute))
  }

  private mutating func add(directory: ByteString, named: ByteString) {
    let kind = isConfigured ? "files that the configuration includes" : "`*.json`"
    lookedFor.append("\(kind) beneath \(Escaping.quoted(named))")
    let (files, failures) = DirectoryWalk.files(beneath: directory) { _, _ in false }
    problems += failures
    for file in files where isIncluded(file) { append(file, shown: file) }
  }

  /// Whether a file that was found, not named, is a request file.
  private func isIncluded(_ absolute: ByteString) -> Bool {
    guard !policyFiles.contains(absolute), Path.lastComponent(absolute) != Configuration.fileName else { return false }
    let path = Path.beneath(absolute, loaded.root) ?? absolute
    if loaded.configuration.exclude?.globs.contains(where: { $0.matches(path) }) == true { return false }
    guard let include = loaded.configuration.include else { return path.ends(with: ".json") }
    return include.globs.contains { $0.matches(path) }
  }

  /// A glob of the configuration that matches nothing in the whole tree is a mistake, not an empty success.
  private mutating func reportUnmatchedGlobs() {
    for entry in loaded.configuration.include?.entries ?? [] {
      let isMatched = inputs.contains { input in input.policyPath.map { entry.glob.matches($0) } ?? false }
      guard !isMatched else { continue }
      problems.append(
        Diagnostic(
          "no file matches \(Escaping.quoted(entry.glob.source))",
          help: "globs are matched against paths from the repository's root, and without `exclude`d files",
          at: entry.node.place))
    }
  }

  private mutating func reportNestedConfigurations() {
    var checked: Set<ByteString> = []
    for input in inputs {
      guard let file = input.file else { continue }
      var directory = Path.parent(file)
      while Path.beneath(directory, loaded.root) != nil, directory != loaded.root, checked.insert(directory).inserted {
        let path = Path.join(directory, Configuration.fileName)
        if path != loaded.path, FileSystem.exists(path) { problems.append(loaded.nested(path)) }
        directory = Path.parent(directory)
      }
    }
  }
}

extension ConfigurationSource {
  fileprivate var isDiscovered: Bool {
    if case .none = self { false } else { true }
  }
}
