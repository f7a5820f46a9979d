import Foundation
import Testing

/// `copylint init`: what it writes is what the program takes, and nothing is replaced.
@Suite(.needs(.git)) struct InitTests {
  let repository: Repository

  init() throws { repository = try Repository() }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: repository.folder.appendingPathComponent(path), encoding: .utf8)
  }

  private func configuration() throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(text(".copylint.json").utf8))
    return try #require(object as? [String: Any])
  }

  private func targets() throws -> [String] {
    (try configuration()["targets"] as? [[String: String]] ?? []).compactMap { $0["path"] }
  }

  /// Every request that the starter pack lets pass.
  private static let compliant = """
    {"sourceModelArn": "\(Sample.arn)", "targetModelName": "fraud-v3", \
    "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", \
    "targetModelTags": [{"key": "Owner", "value": "fraud"}, {"key": "CostCenter", "value": "CC-1"}, \
    {"key": "Environment", "value": "prod"}]}
    """

  @Test func anEmptyRepositoryGetsALayoutToBeginWith() throws {
    let result = try repository.run("init")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("request files that are there: 0"))
    #expect(result.output.contains("copylint pack test policy/cases"))
    #expect(try targets() == ["copies/{region}/{account}/**"])
    let cases = try repository.run("pack", "test", "policy/cases")
    #expect(cases.code == 0, "\(cases.output)")
    #expect(cases.output.contains("2 cases: 2 as expected, 0 not"))
    #expect(try repository.run("pack", "lint").code == 0)
    try repository.write(Self.compliant, to: "copies/eu-west-1/111122223333/a.json")
    let check = try repository.run("check", "--verbose")
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains("target eu-west-1, account 111122223333, declared by path"))
    try repository.write(
      Self.compliant.replacingOccurrences(of: "fraud-v3", with: "fraud-test"),
      to: "copies/eu-west-1/111122223333/b.json")
    #expect(try repository.run("check").output.contains("[copies/no-trial-names]"))
  }

  @Test(arguments: [
    (["live/eu-west-1/a.json", "live/us-east-1/b.json"], ["live/**/*.json"], ["live/{region}/**"]),
    (
      ["teams/a/eu-west-1/111122223333/x.json", "teams/b/eu-west-1/444455556666/x.json"], ["teams/**/*.json"],
      ["teams/*/{region}/{account}/**"]
    ),
    (["111122223333/us-gov-east-1/x.json"], ["*/**/*.json"], ["{account}/{region}/**"]),
    (["us-east-1/to/eu-west-1/x.json"], ["us-east-1/to/eu-west-1/**/*.json"], []),
    (["copies/x.json", "copies/deep/er/y.json", "root.json"], ["copies/**/*.json", "root.json"], []),
    (["team-blue-1/x.json"], ["team-blue-1/**/*.json"], []),
    (["a*b?/eu-west-1/x.json"], [#"a\*b\?/**/*.json"#], [#"a\*b\?/{region}/**"#]),
  ])
  func targetsComeFromThePaths(_ files: [String], _ include: [String], _ targets: [String]) throws {
    for file in files { try repository.write(Self.compliant, to: file) }
    try repository.write("{}", to: "package.json")
    let result = try repository.run("init")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("request files that are there: \(files.count)"))
    #expect(try configuration()["include"] as? [String] == include)
    #expect(try self.targets() == targets)
    let cases = try repository.run("pack", "test", "policy/cases")
    #expect(cases.code == 0, "\(cases.output)")
    let check = try repository.run("check")
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    #expect(check.output.hasPrefix("\(files.count) request"))
  }

  @Test func requestsInEnvelopesAndArraysAreFound() throws {
    try repository.write("[\(Self.compliant)]", to: "one/a.json")
    try repository.write("{\"target\": {\"region\": \"eu-west-1\"}, \"request\": \(Self.compliant)}", to: "two/b.json")
    try repository.write("[1, {\"a\": tru}]", to: "three/c.json")
    #expect(try repository.run("init").output.contains("request files that are there: 2"))
    #expect(try configuration()["include"] as? [String] == ["one/**/*.json", "two/**/*.json"])
  }

  @Test func nothingIsReplaced() throws {
    let hook = repository.folder.appendingPathComponent(".git/hooks/pre-commit")
    let mine = [
      ".copylint.json": #"{"format": 1}"#, ".pre-commit-config.yaml": "repos: []\n",
      ".git/hooks/pre-commit": "#!/bin/sh\n",
    ]
    for (path, text) in mine { try repository.write(text, to: path) }
    let result = try repository.run("init", "--git-hook", "--pre-commit")
    #expect(result.code == 0)
    for (path, text) in mine { #expect(try self.text(path) == text) }
    #expect(!FileManager.default.fileExists(atPath: repository.folder.appendingPathComponent("policy").path))
    #expect(result.output.contains("kept .copylint.json"))
    #expect(result.output.contains("entry: copylint check --force-exclude --unknown warn"))
    #expect(result.output.contains("copylint check --staged --unknown warn || exit"))
    try FileManager.default.removeItem(at: hook)
    try FileManager.default.createSymbolicLink(atPath: hook.path, withDestinationPath: "/nowhere/hook")
    #expect(try repository.run("init", "--git-hook").output.contains("kept .git/hooks/pre-commit"))
  }

  @Test func aPackThatIsThereAlreadyStopsIt() throws {
    try repository.write("mine", to: "policy/cases/copies.json")
    let result = try repository.run("init")
    #expect(result.code == 2)
    #expect(result.errors.contains("policy/cases/copies.json: error: is there already; nothing was written"))
    #expect(try text("policy/cases/copies.json") == "mine")
    #expect(!FileManager.default.fileExists(atPath: repository.folder.appendingPathComponent(".copylint.json").path))
  }

  @Test func theHookGoesWhereGitLooksForIt() throws {
    try repository.git("config", "core.hooksPath", "tools/hooks")
    let result = try repository.run("init", "--git-hook")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("wrote tools/hooks/pre-commit"))
    #expect(
      FileManager.default.isExecutableFile(
        atPath: repository.folder.appendingPathComponent("tools/hooks/pre-commit").path))
    try repository.write(Sample.denied, to: "copies/eu-west-1/111122223333/a.json")
    try repository.git("add", "--all")
    let blocked = try repository.attemptGit(["commit", "--message", "bad"])
    #expect(blocked.code != 0)
    #expect(
      (blocked.output + blocked.errors).contains("`targetModelName` is `fraud v3`"),
      "\(blocked.output)\(blocked.errors)")
  }

  @Test func outsideOfARepositoryThereIsNoHook() throws {
    let outside = try Scratch()
    let result = try outside.run("init", "--git-hook", environment: ["LC_ALL": "C"])
    #expect(result.code == 2)
    #expect(result.errors.contains("not a git repository"))
  }
}
