import Foundation
import Testing

/// `--policy-from` and `--require-pack`: a change is judged by a policy that it cannot weaken.
@Suite(.needs(.git)) struct PolicyFromTests {
  let repository: Repository

  init() throws {
    repository = try Repository()
    try repository.commit(SamplePolicy.files.merging(["copies/a.json": SamplePolicy.request("churn-v1")]) { $1 })
    try repository.git("switch", "--quiet", "--create", "weaker")
  }

  private func isDeniedByTheFirstCommit(_ comment: Comment) throws {
    let result = try repository.run("check", "--policy-from", "main")
    #expect(result.code == 1, "\(comment): \(result.errors)")
    #expect(result.output.contains("`targetModelName` is `churn-v1`"), comment)
    #expect(result.output.contains("[names/name]"), comment)
  }

  @Test func aWeakerPackDoesNotCount() throws {
    try repository.commit(["policy/names.json": SamplePolicy.pack(#"{"id": "n", "kind": "tag-count", "min": 0}"#)])
    #expect(try repository.run("check").code == 0)
    try isDeniedByTheFirstCommit("a rule was removed")
  }

  @Test func neitherDoesAConfigurationWithoutThePack() throws {
    try repository.commit([".copylint.json": #"{"format": 1, "include": ["copies/**"]}"#])
    #expect(try repository.run("check").code == 0)
    try isDeniedByTheFirstCommit("the pack is no longer named")
    try repository.git("rm", "--quiet", "-r", ".copylint.json", "policy")
    try isDeniedByTheFirstCommit("all policy is gone")
  }

  @Test func aPackOnTheCommandLineComesFromTheCommitToo() throws {
    try repository.commit(["policy/names.json": SamplePolicy.pack(#"{"id": "n", "kind": "tag-count", "min": 0}"#)])
    let arguments = ["check", "--no-config", "--pack", "policy/names.json", "copies/a.json"]
    #expect(try Program.run(arguments, in: repository.folder).code == 0)
    #expect(try Program.run(arguments + ["--policy-from", "main"], in: repository.folder).code == 1)
    try repository.commit(["policy/new.json": SamplePolicy.pack(#"{"id": "n", "kind": "tag-count", "min": 0}"#)])
    let absent = try repository.run("check", "--pack", "policy/new.json", "--policy-from", "main")
    #expect(absent.code == 2)
    #expect(absent.errors.contains("there is no pack `policy/new.json`"))
  }

  @Test func aPackOfTheCommitMayExtendAnotherAndStandBehindALink() throws {
    try repository.git("switch", "--quiet", "main")
    try repository.commit(["real/base.json": SamplePolicy.pack, "policy/names.json": ""])
    try FileManager.default.removeItem(at: repository.folder.appendingPathComponent("policy"))
    try FileManager.default.createSymbolicLink(
      atPath: repository.folder.appendingPathComponent("policy").path, withDestinationPath: "./real")
    try repository.commit([
      "real/names.json":
        #"{"format": 1, "name": "outer", "version": "1", "extends": ["./base.json"], "rules": [{"id": "n", "kind": "tag-count", "min": 0}]}"#
    ])
    try repository.git("rm", "--quiet", "-r", "real", "policy")
    try isDeniedByTheFirstCommit("through a link and `extends`")
  }

  @Test(arguments: [
    ("none", "git knows no commit `none`"), ("main:policy", "git knows no commit"), ("^main", "git knows no commit"),
    ("--all", "`--all` is no revision"), ("", "Missing value"), ("a\u{1B}]0;x\u{07}", "\\x1b]0;x\\x07"),
  ])
  func whatIsNoCommitIsTwo(_ revision: String, _ message: String) throws {
    let result = try repository.run("check", "--policy-from=\(revision)")
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!result.errors.utf8.contains { $0 < 0x20 && $0 != 0x0A })
  }

  @Test func aCommitWithoutAConfigurationIsTwo() throws {
    let empty = try Repository()
    try empty.commit(["README": ""])
    try empty.write(SamplePolicy.configuration, to: ".copylint.json")
    let result = try empty.run("check", "--policy-from", "HEAD")
    #expect(result.code == 2)
    #expect(result.errors.contains("`HEAD` has no configuration"), "\(result.errors)")
  }

  @Test func withoutGitOrARepositoryItIsTwo() throws {
    let result = try repository.run("check", "--policy-from", "main", environment: ["PATH": "relative:/nowhere"])
    #expect(result.code == 2)
    #expect(result.errors.contains("git is not on the `PATH`"))
    let outside = try Scratch()
    let refused = try outside.run("check", "--policy-from", "main", environment: ["LC_ALL": "C"])
    #expect(refused.code == 2)
    #expect(refused.errors.contains("not a git repository"), "\(refused.errors)")
  }

  /// `git replace` lets a repository show one object under the name of another.
  @Test func anObjectThatStandsInForAnotherIsNotRead() throws {
    try repository.commit(["policy/names.json": SamplePolicy.pack(#"{"id": "n", "kind": "tag-count", "min": 0}"#)])
    let weak = try repository.git("rev-parse", "HEAD:policy/names.json").trimmingCharacters(in: .newlines)
    let real = try repository.git("rev-parse", "main:policy/names.json").trimmingCharacters(in: .newlines)
    try repository.git("replace", real, weak)
    try isDeniedByTheFirstCommit("an object was replaced")
  }

  @Test func aBaselineOrWaiversOfTheBranchDoNotCount() throws {
    #expect(try repository.run("check", "--write-baseline", "known.json").code == 0)
    try repository.commit([:])
    #expect(try repository.run("check", "--baseline", "known.json").code == 0)
    let refused = try repository.run("check", "--baseline", "known.json", "--policy-from", "main")
    #expect(refused.code == 2)
    #expect(refused.errors.contains("known.json: error: no such file"), "\(refused.errors)")
    #expect(try repository.run("check", "--baseline", "known.json", "--policy-from", "weaker").code == 0)
    try repository.commit([
      ".copylint.json": SamplePolicy.configuration.replacingOccurrences(
        of: "\"include\"", with: "\"waivers\": [\"policy/waivers.json\"], \"include\"")
    ])
    let waived = try repository.run(
      "waive", "copies/a.json", "names/name", "--reason", "a trial", "--owner", "ci@example.invalid", "--ticket",
      "T-1", "--until", "2026-12-01", "--today", "2026-11-24")
    #expect(waived.code == 0, "\(waived.output)\(waived.errors)")
    #expect(try repository.run("check", "--today", "2026-11-24").code == 0)
    try isDeniedByTheFirstCommit("the branch waives it")
  }

  @Test func rulesAndExplainReadTheCommit() throws {
    try repository.commit([".copylint.json": #"{"format": 1, "include": ["copies/**"]}"#])
    #expect(try !repository.run("rules").output.contains("names/name"))
    #expect(try repository.run("rules", "--policy-from", "main").output.contains("names/name"))
    #expect(try repository.run("explain", "names/name", "--policy-from", "main").code == 0)
  }

  // MARK: Required packs

  private func digest(_ path: String) throws -> String {
    let sum = try Program.execute("/usr/bin/env", ["sha256sum", path], in: repository.folder)
    return String(sum.output.prefix(64))
  }

  @Test func aRequiredPackMustBeThereToTheByte() throws {
    let digest = try digest("policy/names.json")
    try repository.commit(["copies/a.json": SamplePolicy.request("fraud-v1")])
    for hex in [digest, digest.uppercased()] {
      #expect(try repository.run("check", "--require-pack", "names@sha256:\(hex)").code == 0)
    }
    try repository.commit(["policy/names.json": SamplePolicy.pack + "\n"])
    let other = try repository.run("check", "--require-pack", "names@sha256:\(digest)", "--exit-zero")
    #expect(other.code == 2)
    #expect(other.errors.contains("the pack `names` with the required digest is not in force"))
    #expect(other.errors.contains("the one in force has the SHA-256 `\(try self.digest("policy/names.json"))`"))
    #expect(
      try repository.run("check", "--policy-from", "main", "--require-pack", "names@sha256:\(digest)").code == 0)
    let absent = try repository.run("check", "--require-pack", "acme@sha256:\(digest)")
    #expect(absent.code == 2)
    #expect(absent.errors.contains("add it to the configuration, or name it with `--pack`"))
  }

  @Test func itMustBeThereForEveryFile() throws {
    let digest = try digest("policy/names.json")
    let scoped =
      #"{"format": 1, "packs": [{"pack": "policy/names.json", "paths": ["copies/eu/**"]}], "include": ["copies/**"]}"#
    try repository.commit([
      ".copylint.json": scoped, "copies/eu/b.json": SamplePolicy.request("fraud-v2"),
      "copies/a.json": SamplePolicy.request("fraud-v1"),
    ])
    let required = "names@sha256:\(digest)"
    #expect(try repository.run("check", "copies/eu/b.json", "--require-pack", required).code == 0)
    let result = try repository.run("check", "--require-pack", required)
    #expect(result.code == 2)
    #expect(result.errors.contains("copies/a.json: error: the pack `names` with the required digest"))
  }

  @Test(arguments: ["names", "names@sha256:abc", "@sha256:\(String(repeating: "0", count: 64))"])
  func anotherFormIsAMistakeOfUsage(_ text: String) throws {
    let result = try repository.run("check", "--require-pack", text)
    #expect(result.code == 2)
    #expect(result.errors.contains("--require-pack needs NAME@sha256: and 64 hexadecimal digits"))
  }
}
