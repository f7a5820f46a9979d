@preconcurrency import Glibc

/// How git is run: given from outside, so that a test can be git.
struct GitRunner: Sendable {
  /// Runs git to its end. Throws when it cannot be started, or says too much.
  var run: @Sendable (_ arguments: [ByteString]) throws(Diagnostic) -> GitResult
  /// Starts a git that answers questions.
  var start: @Sendable (_ arguments: [ByteString]) throws(Diagnostic) -> any GitConversation
}

/// What git said, and with which exit status.
struct GitResult: Sendable {
  var status: Int32
  var output: [UInt8]
  var errors: [UInt8]
}

/// A git that answers questions.
protocol GitConversation: AnyObject {
  /// Sends a question.
  func send(_ bytes: [UInt8]) throws(Diagnostic)
  /// The next bytes of the answers, at most `count`; none when git ended.
  func read(upTo count: Int) throws(Diagnostic) -> ArraySlice<UInt8>
}

extension Subprocess: GitConversation {}

extension GitRunner {
  /// The git on `PATH`.
  static let installed = GitRunner(
    run: { arguments throws(Diagnostic) in
      let git = try Subprocess(executable(), options + arguments, environment: environment)
      let (output, status) = try git.finish(maxBytes: maxOutputBytes)
      return GitResult(status: status, output: output, errors: git.errors)
    },
    start: { arguments throws(Diagnostic) in
      try Subprocess(executable(), options + arguments, environment: environment)
    })

  /// The list of files of a repository with a million of them is some 100 MB.
  private static let maxOutputBytes = 256 << 20

  /// What a repository's or a user's configuration may not change about the answers, and must not run.
  private static let options: [ByteString] = ["-c", "core.fsmonitor=false", "-c", "diff.relative=false"]

  /// Variables that would change the meaning of what is asked. Those that say which repository and which index are
  /// meant stay: git sets them for its hooks.
  private static let dropped: [ByteString] = [
    "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS", "GIT_NO_REPLACE_OBJECTS", "GIT_OPTIONAL_LOCKS", "GIT_TERMINAL_PROMPT",
  ]

  /// An object is what its name says, and nothing is written or asked for.
  private static let added: [ByteString] = [
    "GIT_NO_REPLACE_OBJECTS=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
  ]

  private static var environment: [ByteString] {
    var kept: [ByteString] = []
    var next = environ
    while let entry = next.pointee {
      let variable = ByteString(cString: entry)
      let name = ByteString(variable.bytes.prefix { $0 != UInt8(ascii: "=") })
      if !dropped.contains(name) { kept.append(variable) }
      next += 1
    }
    return kept + added
  }

  /// A directory of `PATH` that is relative is passed over: a repository must not bring its own git.
  private static func executable() throws(Diagnostic) -> ByteString {
    let path = getenv("PATH").map { ByteString(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    for directory in path.bytes.split(separator: UInt8(ascii: ":")) where directory.first == UInt8(ascii: "/") {
      let candidate = Path.join(ByteString(directory), "git")
      if candidate.withCString({ access($0, X_OK) }) == 0, !FileSystem.isDirectory(candidate) { return candidate }
    }
    throw Diagnostic("git is not on the `PATH`", help: "install git, or leave out the options that ask it")
  }
}
