import Foundation
import Testing

/// The hooks, called by git and by pre-commit as people have them.
@Suite(.needs(.git)) struct HookTests {
  let repository: Repository

  init() throws {
    repository = try Repository()
    try repository.commit(SamplePolicy.files)
  }

  private func commit(_ environment: [String: String] = [:]) throws -> Program.Result {
    try repository.attemptGit(["commit", "--message", "change"], environment: environment)
  }

  private func stage(_ name: String, as path: String = "copies/a.json") throws {
    try repository.write(SamplePolicy.request(name), to: path)
    try repository.git("add", "--all")
  }

  // MARK: git alone

  private func installGitHook() throws { try #require(try repository.run("init", "--git-hook").code == 0) }

  @Test func aBadRequestStopsTheCommit() throws {
    try installGitHook()
    try stage("churn-v1")
    let blocked = try commit()
    #expect(blocked.code == 1)
    #expect((blocked.output + blocked.errors).contains("copies/a.json:1:138: error: `targetModelName` is `churn-v1`"))
    #expect(try repository.git("status", "--short").hasPrefix("A  copies/a.json"))
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/a.json")
    #expect(try commit().code == 1, "the index still has the bad one")
    try repository.git("add", "copies")
    #expect(try commit().code == 0)
  }

  /// git hands the hook another index then.
  @Test func aCommitOfSomePathsIsJudgedByWhatItTakes() throws {
    try installGitHook()
    try stage("churn-v1", as: "copies/bad.json")
    try stage("fraud-v1", as: "copies/good.json")
    #expect(try repository.attemptGit(["commit", "--message", "x", "--", "copies/good.json"]).code == 0)
    #expect(try repository.attemptGit(["commit", "--message", "x", "--", "copies/bad.json"]).code == 1)
    #expect(try repository.attemptGit(["commit", "--message", "x", "--all"]).code == 1)
  }

  @Test func aCommitInAnotherWorkTreeIsJudgedThere() throws {
    try installGitHook()
    let other = try Scratch()
    let folder = other.folder.appendingPathComponent("tree")
    try repository.git("worktree", "add", "--quiet", folder.path)
    try other.write(SamplePolicy.request("churn-v1"), to: "tree/copies/a.json")
    #expect(try repository.attemptGit(["-C", folder.path, "add", "--all"]).code == 0)
    let blocked = try repository.attemptGit(["-C", folder.path, "commit", "--message", "x"])
    #expect(blocked.code == 1)
    #expect(
      (blocked.output + blocked.errors).contains("copies/a.json:1:138: error:"), "\(blocked.output)\(blocked.errors)")
  }

  @Test func aCommitWithoutARequestPasses() throws {
    try installGitHook()
    try repository.write("text", to: "README")
    try repository.git("add", "README")
    let passed = try commit()
    #expect(passed.code == 0)
    #expect((passed.output + passed.errors).contains("0 of 0 request files changed"))
  }

  // MARK: pre-commit

  /// pre-commit keeps clones and environments where this says.
  private var home: [String: String] {
    [
      "PRE_COMMIT_HOME": repository.folder.appendingPathComponent(".git/pre-commit-home").path,
      "PRE_COMMIT_COLOR": "never",
    ]
  }

  /// The hook from a repository of its own, whose program is the one on the `PATH`.
  private func installPreCommit() throws -> Repository {
    let hooks = try Repository()
    let declaration = try String(
      contentsOf: Program.root.appendingPathComponent(".pre-commit-hooks.yaml"), encoding: .utf8)
    try hooks.commit([".pre-commit-hooks.yaml": declaration])
    try hooks.git("tag", "v1")
    try repository.commit([
      ".pre-commit-config.yaml": """
      repos:
        - repo: \(hooks.folder.path)
          rev: v1
          hooks:
            - id: copylint-system

      """
    ])
    let installed = try Program.execute(
      "/usr/bin/env", ["pre-commit", "install"], in: repository.folder,
      environment: Repository.environment.merging(home) { $1 })
    try #require(installed.code == 0, "\(installed.output)\(installed.errors)")
    return hooks
  }

  @Test(.needs(.preCommit)) func preCommitBlocksABadRequestAndLetsAGoodOnePass() throws {
    let hooks = try installPreCommit()
    try stage("churn-v1")
    let blocked = try commit(home)
    #expect(blocked.code == 1, "\(blocked.output)\(blocked.errors)")
    let said = blocked.output + blocked.errors
    #expect(said.contains("copies/a.json:1:138: error: `targetModelName` is `churn-v1`"), "\(said)")
    try repository.write(SamplePolicy.request("fraud-v1"), to: "copies/a.json")
    #expect(try commit(home).code == 1, "pre-commit puts aside what is not staged")
    try repository.git("add", "copies")
    let passed = try commit(home)
    #expect(passed.code == 0, "\(passed.output)\(passed.errors)")
    withExtendedLifetime(hooks) {}
  }

  @Test(.needs(.preCommit)) func preCommitJudgesOnlyWhatChanged() throws {
    try repository.commit(["copies/old.json": SamplePolicy.request("churn-v0")])
    let hooks = try installPreCommit()
    try stage("fraud-v1", as: "copies/ünïcode and space.json")
    try repository.write("{}", to: "package.json")
    try repository.git("add", "--all")
    let passed = try commit(home)
    #expect(passed.code == 0, "\(passed.output)\(passed.errors)")
    try repository.write("{\"a\": 1}", to: "package.json")
    try repository.git("add", "--all")
    let without = try commit(home)
    #expect(without.code == 0, "\(without.output)\(without.errors)")
    withExtendedLifetime(hooks) {}
  }

  /// As pre-commit does with a list that is too long for one command line.
  @Test func aListInSeveralRunsIsComparedAsAWhole() throws {
    try repository.commit([
      "policy/names.json": SamplePolicy.pack(#"{"id": "unique", "kind": "unique-names"}"#),
      "copies/a.json": SamplePolicy.request("fraud-v1"), "copies/b.json": SamplePolicy.request("fraud-v1"),
    ])
    for (name, other) in [("a", "b"), ("b", "a")] {
      let result = try repository.run(
        "check", "--force-exclude", "--unknown", "warn", "--region", "eu-west-1", "--account", "111122223333",
        "copies/\(name).json", "policy/names.json")
      #expect(result.code == 1)
      #expect(result.output.contains("copies/\(name).json:1:138: error: another request copies to `fraud-v1`"))
      #expect(result.output.contains("the first is at copies/\(other).json:1:138"))
    }
  }
}
