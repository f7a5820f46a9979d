import Testing

@testable import Copylint

/// How git is asked, and what is made of its answers: git is this test.
@Suite struct GitRepositoryTests {
  private static let commit = ByteString(String(repeating: "0123456789", count: 4))

  /// A git that answers one command, and says where it works.
  private func repository(
    _ command: ByteString, _ status: Int32, _ output: String, errors: String = ""
  ) throws -> GitRepository {
    let answers = { @Sendable (arguments: [ByteString]) throws(Diagnostic) -> GitResult in
      if arguments == ["rev-parse", "--show-toplevel"] {
        return GitResult(status: 0, output: Array("/top\n".utf8), errors: [])
      }
      guard arguments.first == command else { throw Diagnostic("unexpected") }
      return GitResult(status: status, output: Array(output.utf8), errors: Array(errors.utf8))
    }
    return try GitRepository(root: "/top", runner: GitRunner(run: answers, start: { _ in Answers(output) }))
  }

  /// Gives an answer some bytes at a time.
  private final class Answers: GitConversation {
    private var rest: ArraySlice<UInt8>
    private(set) var questions: [UInt8] = []

    init(_ text: String) { rest = ArraySlice(text.utf8) }
    func send(_ bytes: [UInt8]) { questions += bytes }
    func read(upTo count: Int) -> ArraySlice<UInt8> {
      defer { rest = rest.dropFirst(min(count, 3)) }
      return rest.prefix(min(count, 3))
    }
  }

  @Test func anotherWorkTreeIsRefused() {
    let runner = GitRunner(
      run: { _ in GitResult(status: 0, output: Array("/else\n".utf8), errors: []) }, start: { _ in Answers("") })
    let error = #expect(throws: Diagnostic.self) { try GitRepository(root: "/top", runner: runner) }
    #expect(error?.message == "git works on `/else`, not on `/top`")
  }

  @Test(arguments: ["", "-x", "--all"]) func aRevisionIsNoOption(_ revision: ByteString) throws {
    let error = #expect(throws: Diagnostic.self) { try repository("none", 0, "").commit(revision) }
    #expect(error?.message.contains("is no revision") == true)
  }

  /// `^main` is answered with a caret before the name, and some answers have several lines.
  @Test(arguments: ["^\(Self.commit.displayString)\n", "\(Self.commit.displayString)\nmore\n", "", "main\n"])
  func onlyTheNameOfOneCommitIsTaken(_ answer: String) throws {
    #expect(throws: Diagnostic.self) { try repository("rev-parse", 0, answer).commit("main") }
  }

  @Test func gitsOwnMessageIsShownEscaped() throws {
    let repository = try repository("ls-tree", 128, "", errors: "fatal: \u{1B}[31mbad\n")
    let error = #expect(throws: Diagnostic.self) { try repository.tree(of: Self.commit) }
    #expect(error?.message == "git ls-tree failed: `fatal: \\x1b[31mbad`")
  }

  @Test func contentComesInAnyPieces() throws {
    let answers = "\(Self.commit.displayString) blob 5\nabc\n\0\n" + "\(Self.commit.displayString) blob 0\n\n"
    let blobs = GitBlobs(try repository("cat-file", 0, answers))
    #expect(try blobs.read(Self.commit, maxBytes: 5) == Array("abc\n\0".utf8))
    #expect(try blobs.read(Self.commit, maxBytes: 5) == [])
    #expect(throws: Diagnostic.self) { try blobs.read(Self.commit, maxBytes: 5) }
  }

  @Test func whatIsTooLargeIsPassedOver() throws {
    let answers = "\(Self.commit.displayString) blob 9\n123456789\n" + "\(Self.commit.displayString) blob 2\nok\n"
    let blobs = GitBlobs(try repository("cat-file", 0, answers))
    let error = #expect(throws: Diagnostic.self) { try blobs.read(Self.commit, maxBytes: 4) }
    #expect(error?.message == "is larger than the limit of 4 bytes")
    #expect(try blobs.read(Self.commit, maxBytes: 4) == Array("ok".utf8))
  }

  @Test(arguments: ["x missing\n", "x tree 3\nabc\n", "x blob many\n"]) func whatIsNoFileIsRefused(_ answer: String)
    throws
  {
    #expect(throws: Diagnostic.self) { try GitBlobs(try repository("cat-file", 0, answer)).read("x", maxBytes: 99) }
  }
}

/// Programs that are run, not git.
@Suite struct SubprocessTests {
  @Test func bothStreamsAreReadHoweverMuchThereIs() throws {
    let script: ByteString = "yes error | head -c 300000 >&2; cat; yes output | head -c 300000; exit 7"
    let program = try Subprocess("/bin/sh", ["-c", script], environment: ["PATH=/usr/bin:/bin"])
    try program.send(Array("input".utf8))
    let (output, status) = try program.finish(maxBytes: 1 << 20)
    #expect(status == 7)
    #expect(output.count == 300_005)
    #expect(output.starts(with: Array("inputoutput".utf8)))
    #expect(program.errors.count == 16 << 10)
  }

  @Test func argumentsAndEnvironmentArriveAsTheyAre() throws {
    let program = try Subprocess(
      "/bin/sh", ["-c", "printf '%s|' \"$@\" \"$A\"", "sh", "a b", "$(x)", "\u{E9}"], environment: ["A=1 2"])
    #expect(try program.finish(maxBytes: 100).output == Array("a b|$(x)|\u{E9}|1 2|".utf8))
  }

  @Test func whatSaysTooMuchIsEnded() throws {
    let program = try Subprocess("/bin/sh", ["-c", "yes"], environment: ["PATH=/usr/bin:/bin"])
    #expect(throws: Diagnostic.self) { try program.finish(maxBytes: 1000) }
  }

  @Test func aProgramThatIsMissingIsAnError() {
    let error = #expect(throws: Diagnostic.self) { try Subprocess("/none", [], environment: []) }
    #expect(error?.message == "no such file or directory")
  }

  @Test func oneThatTakesNoInputStopsNobody() throws {
    let program = try Subprocess("/bin/sh", ["-c", "exit 3"], environment: [])
    let many = [UInt8](repeating: 0x61, count: 1 << 20)
    #expect(throws: Diagnostic.self) { while true { try program.send(many) } }
    #expect(try program.finish(maxBytes: 10).status == 3)
  }
}
