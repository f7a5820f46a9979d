/// Which files are judged.
struct FileSelection {
  /// A file to judge.
  struct Input: Equatable {
    /// What is opened: absolute, or nil for standard input.
    var file: ByteString?
    /// What is read in place of the file; nil for what the file holds now.
    var object: GitObject?
    /// As it is reported: from the working directory.
    var shown: ByteString
    /// From the root; nil for standard input without a name.
    var policyPath: ByteString?
    /// What it holds, where it was read already; not for one request a line.
    var content: [UInt8]?
  }

  var inputs: [Input] = []
  /// Request files that are not judged, for rules that compare requests.
  var context: [Input] = []
  var problems: [Diagnostic] = []
  /// What changed; nil for a run that judges whatever it finds.
  private(set) var changes: ChangedFiles?
  /// Whether policy itself changed, so that what did not change is judged anew.
  private(set) var isJudgingAll = false
  /// Whether there may be request files that are not judged.
  let isPartial: Bool
  /// How many there were to choose from.
  var total = 0
  /// What was looked for, for the message that nothing was found.
  private(set) var lookedFor: [String] = []
  /// Files that were named and left out.
  private(set) var excluded = 0

  let loaded: LoadedConfiguration
  private let forceExclude: Bool
  /// Absolute paths that are no requests: packs and the configuration.
  let policyFiles: ByteStringSet
  /// Whether every request of the tree is among them: only then is a waiver unused, or a known finding gone.
  let isWholeTree: Bool
  /// Absolute paths that a run writes: what an earlier one wrote is no request.
  private let reportFiles: [ByteString]
  private let workingDirectory = FileSystem.workingDirectory
  /// Directories without symbolic links, by path: most files have theirs in common.
  private var directories = ByteStringSet()
  private var realDirectories: [ByteString] = []
  /// The one of the last file: those of one directory come together.
  private var lastDirectory: InputDirectory?
  let isConfigured: Bool

  init(_ options: CheckOptions, _ policy: Policy, reportFiles: [ByteString] = []) {
    loaded = policy.loaded
    self.reportFiles = reportFiles
    forceExclude = options.forceExclude
    isConfigured = loaded.file != nil
    isWholeTree =
      options.paths.isEmpty && options.changes == nil && (isConfigured || FileSystem.workingDirectory == loaded.root)
    policyFiles = ByteStringSet(
      policy.packs.compactMap { if case .file(let path, _, _) = $0.origin { path } else { nil } }
        + [loaded.path ?? Path.join(loaded.root, Configuration.fileName)] + Self.suppressionFiles(options, loaded))
    isPartial = options.changes != nil || options.paths.contains { $0 != "-" }
    do throws(Diagnostic) {
      changes = try options.changes.map { what throws(Diagnostic) in try ChangedFiles(what, root: loaded.root) }
      isJudgingAll = options.policyFrom == nil && changes?.touches(policyFiles) == true
      if let changes, changes.isStaged { try selectStaged(changes, options) } else { selectFiles(options) }
      if let changes, !changes.isStaged { keep(changes) }
    } catch {
      problems.append(error)
    }
    if !isInOrder { inputs.sort { $0.shown < $1.shown } }
    if isConfigured || options.configuration.isDiscovered { reportNestedConfigurations() }
  }

  /// Whether the inputs are sorted as they were found: those of one directory mostly are.
  private var isInOrder: Bool {
    inputs.indices.dropFirst().allSatisfy { inputs[$0 - 1].shown < inputs[$0].shown }
  }

  private mutating func selectFiles(_ options: CheckOptions) {
    if options.paths.isEmpty {
      add(directory: isConfigured ? loaded.root : FileSystem.workingDirectory, named: ".")
      if changes == nil { reportUnmatchedGlobs() }
    }
    for path in options.paths { add(ByteString(path), stdinPath: options.stdinPath.map { ByteString($0) }) }
    if options.paths.count > 1 { removeRepeated() }
  }

  /// Keeps each file as it was found first.
  private mutating func removeRepeated() {
    var seen = ByteStringSet()
    inputs.removeAll { input in input.file.map { !seen.insert($0).inserted } ?? false }
  }

  /// Waivers and baselines.
  private static func suppressionFiles(_ options: CheckOptions, _ loaded: LoadedConfiguration) -> [ByteString] {
    loaded.configuration.waivers.compactMap(\.value.string).map { WaiverFiles.path($0, loaded) }
      + [options.baseline, options.writeBaseline].compactMap { $0 }.map { FileSystem.absolutePath(ByteString($0)) }
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
      inputs.append(input(absolute, shown: path))
    }
  }

  private mutating func addStandardInput(_ name: ByteString?) {
    lookedFor.append("standard input")
    let policyPath = name.map { name in Path.beneath(FileSystem.absolutePath(name), loaded.root) ?? name }
    inputs.append(Input(file: nil, shown: name ?? "<stdin>", policyPath: policyPath))
  }

  private mutating func input(_ absolute: ByteString, shown: ByteString) -> Input {
    if lastDirectory?.holds(absolute) != true { turnToDirectory(of: absolute) }
    if let known = lastDirectory?.input(absolute, shown: shown) { return known }
    let real = Path.join(realDirectory(Path.parent(absolute)), Path.lastComponent(absolute))
    return Input(
      file: absolute, shown: Path.beneath(absolute, workingDirectory) ?? shown,
      policyPath: Path.beneath(real, loaded.root) ?? absolute)
  }

  /// No directory for a path that is not plain.
  private mutating func turnToDirectory(of absolute: ByteString) {
    let path = Path.parent(absolute)
    let directory = InputDirectory(path, real: realDirectory(path), from: workingDirectory, root: loaded.root)
    lastDirectory = directory.holds(absolute) ? directory : nil
  }

  private mutating func realDirectory(_ path: ByteString) -> ByteString {
    let (isNew, position) = directories.insert(path)
    if isNew { realDirectories.append(FileSystem.realPath(path) ?? path) }
    return realDirectories[position]
  }

  /// A path as it is reported.
  func shown(_ absolute: ByteString) -> ByteString { Path.beneath(absolute, workingDirectory) ?? absolute }

  /// Every request file of the whole tree.
  mutating func includedFiles() -> [Input] { includedPaths.map { input($0, shown: $0) } }

  /// The same, absolute.
  var includedPaths: [ByteString] {
    DirectoryWalk.files(beneath: loaded.root).files.filter { isIncluded($0) }
  }

  private mutating func add(directory: ByteString, named: ByteString) {
    let kind = isConfigured ? "files that the configuration includes" : "`*.json`"
    lookedFor.append("\(kind) beneath \(Escaping.quoted(named))")
    let (files, failures) = DirectoryWalk.files(beneath: directory)
    problems += failures
    for file in files where isIncluded(file) { inputs.append(input(file, shown: file)) }
  }

  /// Whether a file that was found, not named, is a request file.
  func isIncluded(_ absolute: ByteString) -> Bool {
    let isOther = policyFiles.contains(absolute) || reportFiles.contains(absolute)
    guard !isOther, !Path.isNamed(absolute, Configuration.fileName) else { return false }
    if loaded.configuration.exclude == nil, loaded.configuration.include == nil { return absolute.ends(with: ".json") }
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

  /// Whether there is a file where the judged ones come from.
  private func exists(_ path: ByteString) -> Bool {
    guard let changes, changes.isStaged else { return FileSystem.exists(path) }
    return Path.beneath(path, loaded.root).map { changes.tracked.entries[$0] != nil } ?? false
  }

  private mutating func reportNestedConfigurations() {
    var checked = ByteStringSet()
    for input in inputs {
      guard let file = input.file else { continue }
      var directory = Path.parent(file)
      while Path.beneath(directory, loaded.root) != nil, directory != loaded.root, checked.insert(directory).inserted {
        let path = Path.join(directory, Configuration.fileName)
        if path != loaded.path, exists(path) { problems.append(loaded.nested(path)) }
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
