import Foundation
import Testing

/// The action's script, with its inputs as the action hands them over.
@Suite(.needs(.git)) struct ActionTests {
  let repository: Repository

  init() throws {
    repository = try Repository()
    try repository.commit(SamplePolicy.files.merging(["copies/old.json": SamplePolicy.request("churn-v0")]) { $1 })
    try repository.git("switch", "--quiet", "--create", "topic")
    // The branch tries to weaken the policy that judges it.
    try repository.commit(["policy/names.json": SamplePolicy.pack(#"{"id": "n", "kind": "tag-count", "min": 0}"#)])
  }

  private func run(_ inputs: [String: String]) throws -> Program.Result {
    let variables = Dictionary(uniqueKeysWithValues: inputs.map { ("COPYLINT_\($0)", $1) })
    return try Program.execute(
      Program.root.appendingPathComponent(".github/actions/copylint/run").path, [], in: repository.folder,
      environment: Repository.environment.merging(["COPYLINT_EXECUTABLE": Program.path]) { $1 }.merging(variables) {
        $1
      })
  }

  @Test func aBranchIsJudgedByThePolicyItStartedFrom() throws {
    try repository.commit(["copies/new.json": SamplePolicy.request("churn-v1")])
    let result = try run(["BASE": "main", "ARGUMENTS": "--output-format\nconcise"])
    #expect(result.code == 1, "\(result.errors)")
    #expect(result.output.contains("copies/new.json:1:138: error: `targetModelName` is `churn-v1`"))
    #expect(!result.output.contains("old.json"))
    #expect(result.errors.contains("1 of 2 request files changed"))
    #expect(try run(["PATHS": "copies/new.json"]).code == 0, "without a base the branch judges itself")
  }

  @Test func inputsAreNoCode() throws {
    for input in ["BASE", "REQUIRE_PACK", "ARGUMENTS", "PATHS", "ARCHIVE"] {
      var inputs = [input: "$(touch owned)`touch owned`; touch owned"]
      if input == "ARCHIVE" { inputs["EXECUTABLE"] = "" }
      #expect(try run(inputs).code != 0, "\(input)")
    }
    #expect(try run(["BASE": "--help"]).code == 2)
    #expect(!FileManager.default.fileExists(atPath: repository.folder.appendingPathComponent("owned").path))
  }

  @Test func anArchiveMustBeTheOneThatIsMeant() throws {
    let packed = try Program.execute(
      "/bin/sh", ["-c", "mkdir c && cp \"$0\" c/copylint && tar -czf c.tar.gz c && sha256sum c.tar.gz", Program.path],
      in: repository.folder)
    let digest = String(packed.output.prefix(64))
    let inputs = ["EXECUTABLE": "", "ARCHIVE": "c.tar.gz", "ARCHIVE_SHA256": digest, "PATHS": "copies/old.json"]
    #expect(try run(inputs).code == 0)
    let other = try run(inputs.merging(["ARCHIVE_SHA256": String(repeating: "0", count: 64)]) { $1 })
    #expect(other.code == 2)
    #expect(other.errors.contains("the archive's SHA-256 is \(digest)"))
    #expect(try run(inputs.merging(["ARCHIVE_SHA256": ""]) { $1 }).code == 2)
  }

  /// Neither is a finding: the code is that of a run that could not be made.
  @Test func anArchiveThatIsNoneEndsWithTwo() throws {
    try "no archive".write(
      to: repository.folder.appendingPathComponent("text"), atomically: true, encoding: .utf8)
    let digest = try Program.execute("/usr/bin/sha256sum", ["text"], in: repository.folder).output.prefix(64)
    for (archive, message) in [
      ("none.tar.gz", "the archive could not be fetched"), ("https://127.0.0.1:1/c.tar.gz", "could not be fetched"),
      ("text", "the archive could not be unpacked"),
    ] {
      let result = try run(["EXECUTABLE": "", "ARCHIVE": archive, "ARCHIVE_SHA256": String(digest)])
      #expect(result.code == 2, "\(archive)")
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }

  /// Whatever comes out of an archive, or is named: only a verdict has the code of one.
  @Test func whatIsNoProgramOfThisMachineEndsWithTwo() throws {
    let pack = """
      mkdir c d && printf '\\177ELF of another machine' >c/copylint && chmod 755 c/copylint && echo none >d/README
      tar -czf c.tar.gz c && tar -czf d.tar.gz d && sha256sum c.tar.gz d.tar.gz
      printf '#!/bin/sh\\nkill -9 $$\\n' >killed && chmod 755 killed
      """
    let packed = try Program.execute("/bin/sh", ["-ec", pack], in: repository.folder)
    let digests = packed.output.split(separator: "\n").map { String($0.prefix(64)) }
    for (archive, digest, message) in [
      ("c.tar.gz", digests[0], "judged nothing, and ended with 126: "),
      ("d.tar.gz", digests[1], "there is no program at "),
    ] {
      let result = try run(["EXECUTABLE": "", "ARCHIVE": archive, "ARCHIVE_SHA256": digest])
      #expect(result.code == 2, "\(archive)")
      #expect(result.errors.contains("copylint action: ") && result.errors.contains(message), "\(result.errors)")
    }
    let killed = try run(["EXECUTABLE": repository.folder.appendingPathComponent("killed").path])
    #expect(killed.code == 2 && killed.errors.contains("ended with 137: "), "\(killed.errors)")
    #expect(try run(["EXECUTABLE": repository.folder.path]).code == 2, "a folder can be entered, and is no program")
  }

  @Test func requiredPacksAreOneALine() throws {
    let wrong = "names@sha256:\(String(repeating: "0", count: 64))"
    let result = try run(["REQUIRE_PACK": "\n\(wrong)\n"])
    #expect(result.code == 2)
    #expect(result.errors.contains("the pack `names` with the required digest is not in force"))
  }

  /// Within `run` of a composite action, what stands in `${{ }}` becomes code.
  @Test func theActionPutsNoInputIntoItsShell() throws {
    let action = try String(
      contentsOf: Program.root.appendingPathComponent(".github/actions/copylint/action.yml"), encoding: .utf8)
    for line in action.split(separator: "\n") where line.contains("${{") {
      #expect(line.hasPrefix("        COPYLINT_"), "\(line)")
    }
  }
}
