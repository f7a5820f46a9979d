/// What `copylint init` does: writes a configuration, a pack with its cases and a hook, and replaces nothing.
public struct Initialization {
  /// What is written beside the configuration and the pack.
  public struct Hooks: OptionSet, Sendable {
    /// A bit for each.
    public let rawValue: Int
    /// Hooks by their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// A hook of git's own.
    public static let git = Hooks(rawValue: 1)
    /// The configuration of pre-commit.
    public static let preCommit = Hooks(rawValue: 2)
  }

  /// What was done, and what is to do next.
  public private(set) var lines: [String] = []
  private var problems: [Diagnostic] = []
  private let root: ByteString
  /// Whether there was no configuration before.
  private var isNew = false

  /// Looks at the repository around the working directory, and writes.
  public init(_ hooks: Hooks) {
    root = LoadedConfiguration(.none).root
    let survey = RequestSurvey(root: root)
    lines.append("request files that are there: \(survey.paths.count)")
    configure(survey)
    if problems.isEmpty, hooks.contains(.git) { addGitHook() }
    if problems.isEmpty, hooks.contains(.preCommit) { addPreCommit() }
    if problems.isEmpty { lines += nextSteps(survey, hooks) }
  }

  /// 0 when everything is there, 2 when something could not be written.
  public var exitCode: ExitCode { problems.isEmpty ? .compliant : .unusable }

  /// What went wrong, as text.
  public func errors(color: Bool) -> [String] {
    var rendering = TextRendering(color: color)
    return problems.map { rendering.block($0) }
  }

  // MARK: Files

  private mutating func configure(_ survey: RequestSurvey) {
    guard !isThere(Configuration.fileName) else { return keep(Configuration.fileName) }
    let proposal = ConfigurationProposal(survey.paths)
    let pack = StarterPack(regions: proposal.targets.isEmpty ? [] : proposal.regions)
    let files: [(path: ByteString, bytes: [UInt8])] = [
      (StarterPack.path, pack.pack), (StarterPack.casesPath, pack.cases),
      (Configuration.fileName, proposal.text(pack: StarterPack.path)),
    ]
    // A configuration without its pack, or with somebody else's, is worse than none.
    for file in files where isThere(file.path) {
      problems.append(
        Diagnostic("is there already; nothing was written", help: "move it, and start again", path: shown(file.path)))
    }
    isNew = problems.isEmpty
    for file in files where problems.isEmpty { write(file.bytes, to: file.path, permissions: 0o644) }
  }

  private mutating func addGitHook() {
    do throws(Diagnostic) {
      let path = Path.join(try GitRepository(root: root).hooksFolder(), "pre-commit")
      guard !isThere(path) else {
        keep(path)
        lines += ["", "add to it:", "", "  copylint check --staged --unknown warn || exit", ""]
        return
      }
      write(Array(HookTexts.git.utf8), to: path, permissions: 0o755)
    } catch {
      problems.append(error)
    }
  }

  private mutating func addPreCommit() {
    guard !isThere(HookTexts.preCommitPath) else {
      keep(HookTexts.preCommitPath)
      lines += ["", "add beneath its `repos`:", "", HookTexts.preCommitEntry]
      return
    }
    write(Array(HookTexts.preCommit.utf8), to: HookTexts.preCommitPath, permissions: 0o644)
  }

  private mutating func write(_ bytes: [UInt8], to path: ByteString, permissions: UInt32) {
    let file = Path.join(root, path)
    do throws(Diagnostic) {
      try FileSystem.makeDirectories(Path.parent(file))
      try AtomicFile.write(bytes, to: file, mayReplace: false, permissions: permissions)
      lines.append("wrote \(Escaping.visible(shown(path).bytes))")
    } catch {
      problems.append(Diagnostic(error.message, help: error.help, path: error.path.map { shown($0) }))
    }
  }

  private mutating func keep(_ path: ByteString) {
    lines.append("kept \(Escaping.visible(shown(path).bytes)), which was there already")
  }

  /// A link that leads nowhere is there too.
  private func isThere(_ path: ByteString) -> Bool { FileSystem.isTaken(Path.join(root, path)) }

  private func shown(_ path: ByteString) -> ByteString {
    let file = Path.join(root, path)
    return Path.beneath(file, FileSystem.workingDirectory) ?? file
  }

  private func nextSteps(_ survey: RequestSurvey, _ hooks: Hooks) -> [String] {
    var steps: [String] = []
    if isNew { steps.append("copylint pack test policy/cases   # read the pack, and make it yours") }
    if isNew, survey.paths.isEmpty {
      steps.append("# the first request goes to copies/REGION/ACCOUNT/NAME.json")
    } else {
      steps.append("copylint check                    # judge the requests that are there")
    }
    if hooks.contains(.preCommit) { steps.append("pre-commit install                # let git call it") }
    if isNew { steps.append("git add .copylint.json policy && git commit") }
    return ["", "next:"] + steps.map { "  \($0)" }
  }
}
