import Foundation
import Testing

/// `--staged` and `--changed-since`: only what changed is judged, as git has it.
@Suite(.needs(.git)) struct ChangeTests {
  let repository: Repository

  init() throws { repository = try Repository() }

  private func commitPolicy(_ files: [String: String] = [:]) throws {
    try repository.commit(SamplePolicy.files.merging(files) { $1 })
  }

  // MARK: The index

  @Test func onlyWhatIsStagedIsJudged() throws {
    try commitPolicy(["copies/old.json": SamplePolicy.request("churn-v1")])
    try repository.write(SamplePolicy.request("churn-v2"), to: "copies/unstaged.json")
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/new.json")
    try repository.git("add", "copies/new.json")
    let result = try repository.run("check", "--staged")
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1 request: 1 compliant"))
    #expect(result.errors == "1 of 2 request files changed\n")
    try repository.git("add", "copies/unstaged.json")
    let denied = try repository.run("check", "--staged", "--output-format", "concise")
    #expect(denied.code == 1)
    #expect(denied.output.contains("copies/unstaged.json:1:"))
    #expect(!denied.output.contains("old.json"))
  }

  @Test func theStagedContentCountsNotTheFile() throws {
    try commitPolicy()
    try repository.write(SamplePolicy.request("churn-v1"), to: "copies/a.json")
    try repository.git("add", "copies")
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/a.json")
    let denied = try repository.run("check", "--staged")
    #expect(denied.code == 1)
    #expect(denied.output.contains("copies/a.json:1:138: error: `targetModelName` is `churn-v1`"), "\(denied.output)")
    try repository.git("add", "copies")
    try repository.write("no JSON any more", to: "copies/a.json")
    #expect(try repository.run("check", "--staged").code == 0)
    try FileManager.default.removeItem(at: repository.folder.appendingPathComponent("copies"))
    #expect(try repository.run("check", "--staged").code == 0)
  }

  @Test func theFirstCommitIsJudgedWhole() throws {
    for (path, text) in SamplePolicy.files { try repository.write(text, to: path) }
    try repository.write(SamplePolicy.request("churn-v1"), to: "copies/a.json")
    #expect(try repository.run("check", "--staged").errors == "0 of 0 request files changed\n")
    try repository.git("add", "--all")
    let result = try repository.run("check", "--staged")
    #expect(result.code == 1)
    #expect(result.output.contains("[names/name]"))
  }

  @Test func aCommitThatTouchesNoRequestPasses() throws {
    try commitPolicy(["copies/a.json": SamplePolicy.request("churn-v1")])
    try repository.write("text", to: "README")
    try repository.git("add", "--all")
    let result = try repository.run("check", "--staged")
    #expect(result.code == 0)
    #expect(result.errors == "0 of 1 request files changed\n")
    #expect(try repository.run("check", "--staged", "--quiet").errors == "")
  }

  @Test func renamedFilesAreJudgedUnderTheirNewNameAndRemovedOnesNot() throws {
    try commitPolicy([
      "copies/a.json": SamplePolicy.request("churn-v1"), "copies/b.json": SamplePolicy.request("churn"),
    ])
    try repository.git("rm", "--quiet", "copies/b.json")
    #expect(try repository.run("check", "--staged").errors == "0 of 1 request files changed\n")
    try repository.git("mv", "copies/a.json", "copies/c.json")
    let result = try repository.run("check", "--staged", "--output-format", "concise")
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("copies/c.json:1:"))
    #expect(result.errors == "1 of 1 request files changed\n")
  }

  @Test func namesOfAnyBytesAreFound() throws {
    try commitPolicy()
    let names = [
      "with space.json", "ünïcode/日本.json", "tab\there.json", "new\nline.json", "-dash.json", "quo\"te.json",
    ]
    for name in names { try repository.write(SamplePolicy.request("churn-v1"), to: "copies/\(name)") }
    try repository.git("add", "--all")
    let result = try repository.run("check", "--staged", "--output-format", "concise")
    #expect(result.code == 1)
    #expect(result.errors == "6 of 6 request files changed\n")
    #expect(result.output.contains("copies/ünïcode/日本.json:1:"))
    #expect(result.output.contains("copies/tab\\there.json:1:"))
    #expect(result.output.contains("copies/new\\nline.json:1:"))
    try repository.git("commit", "--quiet", "--message", "names")
    #expect(try repository.run("check", "--changed-since", "HEAD~1").errors == "6 of 6 request files changed\n")
  }

  /// A file name on Linux need not be UTF-8, and Foundation cannot write such a one.
  @Test func namesThatAreNotTextAreFound() throws {
    try commitPolicy()
    let script = #"mkdir -p copies && printf '%s' "$1" > "$(printf 'copies/\377\200.json')" && git add --all"#
    let written = try Program.execute(
      "/bin/sh", ["-c", script, "sh", SamplePolicy.request("churn-v1")], in: repository.folder,
      environment: Repository.environment)
    try #require(written.code == 0, "\(written.errors)")
    let result = try repository.run("check", "--staged", "--output-format", "concise")
    #expect(result.code == 1)
    #expect(result.output.contains("churn-v1"))
  }

  @Test func submodulesAndLinksAreNoTrouble() throws {
    let other = try Repository()
    try other.commit(["copies/x.json": SamplePolicy.request("churn-v1")])
    try commitPolicy(["common/real.json": SamplePolicy.request("fraud-v1")])
    try repository.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder.path, "copies/sub")
    let links = ["in.json": "../common/real.json", "out.json": "/etc/passwd", "folder": "../common"]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: repository.folder.appendingPathComponent("copies/\(name)").path, withDestinationPath: target)
    }
    try repository.git("add", "--all")
    let result = try repository.run("check", "--staged")
    #expect(result.code == 2)
    #expect(result.errors.contains("copies/out.json: error: is a link to nothing that git has"))
    #expect(result.output.contains("1 request: 1 compliant"))
    try repository.git("rm", "--quiet", "--cached", "copies/out.json")
    #expect(try repository.run("check", "--staged").code == 0)
    try repository.git("commit", "--quiet", "--message", "links")
    try repository.write(SamplePolicy.request("churn-v2"), to: "common/real.json")
    try repository.git("add", "common")
    let changed = try repository.run("check", "--staged", "--output-format", "concise")
    #expect(changed.code == 1)
    #expect(changed.output.hasPrefix("copies/in.json:1:"))
  }

  @Test func aConflictIsTwo() throws {
    try commitPolicy(["copies/a.json": SamplePolicy.request("fraud-v1")])
    try repository.git("switch", "--quiet", "--create", "other")
    try repository.commit(["copies/a.json": SamplePolicy.request("fraud-v2")])
    try repository.git("switch", "--quiet", "main")
    try repository.commit(["copies/a.json": SamplePolicy.request("fraud-v3")])
    #expect(try repository.attemptGit(["merge", "other"]).code != 0)
    let result = try repository.run("check", "--staged")
    #expect(result.code == 2)
    #expect(result.errors.contains("copies/a.json: error: is in conflict"), "\(result.errors)")
  }

  @Test func pathsNarrowItFromAnyDirectory() throws {
    try commitPolicy()
    for name in ["a", "b"] { try repository.write(SamplePolicy.request("churn"), to: "copies/\(name)/x.json") }
    try repository.git("add", "--all")
    let inside = try Program.run(
      ["check", "--staged", "a", "--output-format", "concise"], in: repository.folder.appendingPathComponent("copies"),
      environment: Repository.environment)
    #expect(inside.code == 1)
    #expect(inside.output.hasPrefix("a/x.json:1:"))
    #expect(!inside.output.contains("b/x.json:"))
  }

  @Test func linesOfTheIndexAreJudgedOneByOne() throws {
    try repository.commit([".copylint.json": #"{"format": 1, "include": ["copies/**"]}"#])
    try repository.write("\(Sample.good)\n\n\(Sample.denied)\n", to: "copies/a.ndjson")
    try repository.git("add", "--all")
    let result = try repository.run("check", "--staged", "--ndjson", "--output-format", "concise")
    #expect(result.code == 1)
    #expect(result.output.contains("copies/a.ndjson:3:"))
  }

  // MARK: A branch

  @Test func whatABranchChangedIsJudged() throws {
    try commitPolicy(["copies/old.json": SamplePolicy.request("churn-v1")])
    try repository.git("switch", "--quiet", "--create", "topic")
    try repository.commit(["copies/new.json": SamplePolicy.request("fraud-v1")])
    try repository.git("switch", "--quiet", "main")
    try repository.commit(["copies/later.json": SamplePolicy.request("churn-v9")])
    try repository.git("switch", "--quiet", "topic")
    let result = try repository.run("check", "--changed-since", "main")
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.errors == "1 of 2 request files changed\n")
    try repository.write(SamplePolicy.request("churn-v2"), to: "copies/untracked.json")
    let untracked = try repository.run("check", "--changed-since", "main")
    #expect(untracked.code == 1)
    #expect(untracked.errors == "2 of 3 request files changed\n")
    try repository.commit(["copies/untracked.json": SamplePolicy.request("churn-v2")])
    #expect(try repository.run("check", "--changed-since", "main").code == 1)
    #expect(try repository.run("check", "--changed-since", "main", "copies/new.json").code == 0)
  }

  @Test func aRevisionThatCannotBeComparedIsTwo() throws {
    try commitPolicy()
    let unknown = try repository.run("check", "--changed-since", "origin/main")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("git knows no commit `origin/main`"))
    #expect(!unknown.errors.contains("nothing to check"))
    try repository.git("switch", "--quiet", "--orphan", "unrelated")
    try repository.commit(["x": ""])
    let unrelated = try repository.run("check", "--changed-since", "main")
    #expect(unrelated.code == 2)
    #expect(unrelated.errors.contains("there is no common ancestor"))
    #expect(try repository.run("check", "--staged", "--changed-since", "main").code == 2)
    #expect(try repository.run("check", "--staged", "-").code == 2)
  }

  @Test func aFileOfASubmoduleIsAsOldAsItsCommit() throws {
    let other = try Repository()
    try other.commit(["x.json": SamplePolicy.request("churn-v1")])
    try commitPolicy()
    try repository.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder.path, "copies/sub")
    try repository.commit([:])
    #expect(try repository.run("check", "--changed-since", "HEAD").errors == "0 of 1 request files changed\n")
    #expect(try repository.run("check", "--changed-since", "HEAD~1").code == 1)
  }

  // MARK: Policy

  @Test func aChangeOfPolicyJudgesEverything() throws {
    try commitPolicy(["copies/a.json": SamplePolicy.request("fraud-v1")])
    try repository.write(
      SamplePolicy.pack(#"{"id": "tags", "kind": "tag-count", "min": 1}"#), to: "policy/names.json")
    try repository.git("add", "--all")
    let staged = try repository.run("check", "--staged")
    #expect(staged.code == 1)
    #expect(staged.errors == "policy changed: all 1 request files are judged\n")
    try repository.git("commit", "--quiet", "--message", "policy")
    #expect(try repository.run("check", "--changed-since", "HEAD~1").code == 1)
    #expect(try repository.run("check", "--changed-since", "HEAD~1", "--policy-from", "HEAD~1").code == 0)
  }

  // MARK: Rules that compare requests

  private static let unique = SamplePolicy.pack(#"{"id": "unique", "kind": "unique-names"}"#)
  private static let region = ["--region", "eu-west-1", "--account", "111122223333", "--output-format", "concise"]

  /// Whichever of the two sorts first.
  @Test(arguments: ["a.json", "z.json"]) func theChangedRequestIsTheOneThatCollides(_ name: String) throws {
    try commitPolicy(["policy/names.json": Self.unique, "copies/m.json": SamplePolicy.request("fraud-v1")])
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/\(name)")
    try repository.git("add", "--all")
    for arguments in [["--staged"], ["--changed-since", "HEAD"], ["copies/\(name)", "--force-exclude"]] {
      let result = try Program.run(
        ["check"] + arguments + Self.region, in: repository.folder, environment: Repository.environment)
      #expect(result.code == 1, "\(arguments): \(result.output)\(result.errors)")
      #expect(result.output.hasPrefix("copies/\(name):1:"), "\(arguments): \(result.output)")
      #expect(!result.output.contains("copies/m.json:1:1"))
    }
  }

  @Test func aFileThatCannotBeComparedWithIsSaid() throws {
    try commitPolicy(["policy/names.json": Self.unique, "copies/m.json": "{", "copies/a.json": "[]"])
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/b.json")
    let result = try Program.run(
      ["check", "copies/b.json"] + Self.region, in: repository.folder, environment: Repository.environment)
    #expect(result.code == 0)
    #expect(result.errors == "requests that could not be read and compared with: 1\n")
  }

  @Test func standardInputUnderANameTakesThePlaceOfItsFile() throws {
    try commitPolicy(["policy/names.json": Self.unique, "copies/a.json": SamplePolicy.request("fraud-v1")])
    let arguments = ["check", "-", "--stdin-path", "copies/a.json"] + Self.region
    let result = try Program.run(arguments, in: repository.folder, input: SamplePolicy.request("fraud-v1"))
    #expect(result.code == 0, "\(result.output)")
  }
}
