/// A git repository: what is in its index and its commits, and what changed between them.
///
/// Nothing here writes to it. Names are bytes, and lists of them are read with NUL between them, so that no name is
/// quoted or cut.
struct GitRepository: Sendable {
  /// The top of the work tree: absolute, links resolved.
  let root: ByteString
  private let runner: GitRunner

  /// The repository around the working directory. Throws when git is missing or refuses, or when its work tree is not
  /// the one at `root`: `GIT_DIR` and `GIT_WORK_TREE` may say so.
  init(root: ByteString, runner: GitRunner = .installed) throws(Diagnostic) {
    self.runner = runner
    self.root = root
    let top = Self.line(try output(["rev-parse", "--show-toplevel"]))
    guard top == root else {
      throw Diagnostic(
        "git works on \(Escaping.quoted(top)), not on \(Escaping.quoted(root))",
        help: "start in the repository that is meant, and mind `GIT_DIR` and `GIT_WORK_TREE`")
    }
  }

  // MARK: Commits

  /// The name of the commit that a revision stands for, in hexadecimal.
  func commit(_ revision: ByteString) throws(Diagnostic) -> ByteString {
    guard !revision.isEmpty, revision.bytes.first != UInt8(ascii: "-"), !revision.bytes.contains(0) else {
      throw Diagnostic("\(Escaping.quoted(revision)) is no revision", help: "name a branch, a tag or a commit")
    }
    let result = try run(["rev-parse", "--verify", ByteString(revision.bytes + Array("^{commit}".utf8))])
    let name = Self.line(result.output)
    guard result.status == 0, Self.isObjectName(name) else {
      throw Diagnostic(
        "git knows no commit \(Escaping.quoted(revision))",
        help: "fetch it first, with its history; git says: \(Self.message(result))")
    }
    return name
  }

  /// The best common ancestor of two commits.
  func mergeBase(_ first: ByteString, _ second: ByteString) throws(Diagnostic) -> ByteString {
    let result = try run(["merge-base", first, second])
    let name = ByteString(Self.line(result.output).bytes.prefix { $0 != UInt8(ascii: "\n") })
    guard result.status == 0, Self.isObjectName(name) else {
      throw Diagnostic(
        "there is no common ancestor of \(Escaping.quoted(first)) and \(Escaping.quoted(second))",
        help: "fetch the whole history: a shallow clone has only its end")
    }
    return name
  }

  /// The files of a commit.
  func tree(of commit: ByteString) throws(Diagnostic) -> GitTree {
    try GitTree(tree: output(["ls-tree", "-r", "-z", "--full-tree", commit]))
  }

  // MARK: Changes

  /// The files of the index. Throws while one is in conflict.
  func index() throws(Diagnostic) -> GitTree {
    try GitTree(index: output(["ls-files", "--stage", "-z", "--full-name", "--", ":/"]))
  }

  /// The paths that the next commit changes, those it removes too. A rename is a removal and an addition.
  func stagedPaths() throws(Diagnostic) -> Set<ByteString> {
    let hasCommit = try run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).status == 0
    let base = hasCommit ? "HEAD" : Self.line(try output(["hash-object", "-t", "tree", "--stdin"]))
    let options: [ByteString] = ["--cached", "--name-only", "-z", "--no-renames", "--ita-invisible-in-index"]
    return Self.paths(try output(["diff-index"] + options + [base, "--"]))
  }

  /// The paths in which the work tree differs from a commit, removed ones too, and files that git does not know yet
  /// and does not ignore.
  func changedPaths(since commit: ByteString) throws(Diagnostic) -> Set<ByteString> {
    let options: [ByteString] = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"]
    let changed = Self.paths(try output(["diff"] + options + ["--ignore-submodules=dirty", commit, "--"]))
    let added = try output(["ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ":/"])
    return changed.union(Self.paths(added))
  }

  /// Where git looks for its hooks, as `core.hooksPath` says: absolute.
  func hooksFolder() throws(Diagnostic) -> ByteString {
    FileSystem.absolutePath(Self.line(try output(["rev-parse", "--git-path", "hooks"])))
  }

  // MARK: Content

  /// The content of a file's object. Throws when it is larger than `maxBytes`.
  func blob(_ object: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    try GitBlobs(self).read(object, maxBytes: maxBytes)
  }

  /// What a link holds; nil when that is an absolute path out of the work tree.
  func linkTarget(_ entry: GitTree.Entry) throws(Diagnostic) -> ByteString? {
    let target = ByteString(try blob(entry.object, maxBytes: 4096))
    guard Path.isAbsolute(target) else { return target }
    return Path.beneath(target, root).map { ByteString([UInt8(ascii: "/")] + $0.bytes) }
  }

  /// Starts a git that gives the content of objects.
  func startBlobs() throws(Diagnostic) -> any GitConversation { try runner.start(["cat-file", "--batch"]) }

  // MARK: Running

  private func run(_ arguments: [ByteString]) throws(Diagnostic) -> GitResult { try runner.run(arguments) }

  /// Throws git's own message when it fails.
  private func output(_ arguments: [ByteString]) throws(Diagnostic) -> [UInt8] {
    let result = try run(arguments)
    guard result.status == 0 else {
      throw Diagnostic("git \(arguments.first?.displayString ?? "") failed: \(Self.message(result))")
    }
    return result.output
  }

  private static func message(_ result: GitResult) -> String {
    let text = ByteString(result.errors.reversed().drop { $0 == 0x0A || $0 == 0x20 }.reversed())
    return text.isEmpty ? "nothing, with status \(result.status)" : Escaping.quoted(text)
  }

  private static func line(_ output: [UInt8]) -> ByteString {
    ByteString(output.last == 0x0A ? output.dropLast() : output[...])
  }

  private static func paths(_ output: [UInt8]) -> Set<ByteString> {
    Set(output.split(separator: 0).map { ByteString($0) })
  }

  /// SHA-1 or SHA-256, in hexadecimal.
  private static func isObjectName(_ name: ByteString) -> Bool {
    [40, 64].contains(name.count)
      && name.bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
