import Foundation
import Testing

/// `.copylint.json`: which files, which packs, where copies go.
@Suite struct ConfigurationTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
    try scratch.write(Sample.good, to: "copies/eu-west-1/111122223333/a.json")
    try scratch.write(
      #"{"format": 1, "name": "eu", "version": "1", "rules": [{"id": "only", "kind": "allowed-regions", "target": ["eu-west-1"]}]}"#,
      to: "policy/eu.json")
  }

  private func configure(_ text: String) throws { try scratch.write(text, to: ".copylint.json") }

  @Test func thePathDeclaresTheTarget() throws {
    try configure(
      #"{"format": 1, "packs": ["policy/eu.json"], "include": ["copies/**"], "targets": [{"path": "copies/{region}/{account}/**"}]}"#
    )
    let result = try scratch.run("check", "--verbose")
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("target eu-west-1, account 111122223333, declared by path"))
    try scratch.write(Sample.good, to: "copies/us-east-1/111122223333/b.json")
    let denied = try scratch.run("check")
    #expect(denied.code == 1)
    #expect(denied.output.contains("copies to Region `us-east-1` are not allowed [eu/only]"))
  }

  @Test func aConflictIsAFindingOfItsOwn() throws {
    try configure(
      #"{"format": 1, "packs": ["policy/eu.json"], "include": ["copies/**"], "targets": [{"path": "copies/{region}/{account}/**"}]}"#
    )
    let result = try scratch.run("check", "--region", "eu-west-2")
    #expect(result.code == 1)
    #expect(
      result.output.contains(
        "the target Region is declared as `eu-west-1` by the path and `eu-west-2` by an option [request/target-conflict]"
      ))
  }

  /// No rule of these packs reads the target: what is declared is looked at all the same.
  @Test(arguments: [
    (#"{"region": "EU"}"#, "1:23: error: `EU`, declared by the envelope, is no Region", "a Region such as `eu-west-1`"),
    (#"{"account": "12"}"#, "1:24: error: `12`, declared by the envelope, is no account", "write 12 digits"),
  ])
  func aMalformedTargetIsAFinding(_ target: String, _ message: String, _ help: String) throws {
    try scratch.write(#"{"target": \#(target), "request": \#(Sample.good)}"#, to: "envelope.json")
    let result = try scratch.run("check", "envelope.json")
    #expect(result.code == 1)
    #expect(result.output.contains("envelope.json:" + message + " [request/target-malformed]"), "\(result.output)")
    #expect(result.output.contains(help), "\(result.output)")
  }

  @Test func aMalformedTargetOfThePathIsToldOnce() throws {
    try configure(
      #"{"format": 1, "packs": ["policy/eu.json"], "include": ["copies/**"], "targets": [{"path": "copies/{region}/{account}/**"}]}"#
    )
    try scratch.write(Sample.good, to: "copies/EU/111122223333/b.json")
    let result = try scratch.run("check")
    #expect(result.code == 1)
    #expect(result.output.contains("b.json:1:1: error: `EU`, declared by the path, is no Region"), "\(result.output)")
    #expect(!result.output.contains("target-undeclared"), "\(result.output)")
    #expect(result.output.contains("1 compliant, 1 denied, 0 undetermined"), "\(result.output)")
  }

  @Test func anUndeclaredTargetIsOneFinding() throws {
    try configure(#"{"format": 1, "packs": ["policy/eu.json"], "include": ["copies/**"]}"#)
    let result = try scratch.run("check")
    #expect(result.code == 1)
    #expect(result.output.contains("the target Region is not declared; waiting for it: `eu/only`"))
    #expect(result.output.contains("0 compliant, 0 denied, 1 undetermined"))
    #expect(try scratch.run("check", "--unknown", "warn").code == 0)
    #expect(try scratch.run("check", "--unknown", "warn", "--fail-on", "warning").code == 1)
  }

  @Test func packsAreScopedByPath() throws {
    try configure(
      #"{"format": 1, "packs": [{"pack": "policy/eu.json", "paths": ["teams/**"]}], "include": ["copies/**", "teams/**"]}"#
    )
    try scratch.write(Sample.good, to: "teams/x/a.json")
    let result = try scratch.run("check", "--region", "us-east-1", "--output-format", "concise")
    #expect(result.code == 1)
    #expect(result.output.contains("teams/x/a.json:1:1: error: copies to Region"))
    #expect(!result.output.contains("copies/eu-west-1/111122223333/a.json:"))
    let stdin = try scratch.run("check", "-", input: Sample.good)
    #expect(stdin.code == 2)
    #expect(stdin.errors.contains("name it with `--stdin-path PATH`"))
    #expect(try scratch.run("check", "-", "--stdin-path", "copies/x.json", input: Sample.good).code == 0)
  }

  @Test(arguments: [
    (#"{"format": 1, "pakcs": []}"#, "unknown member `pakcs`", "did you mean `packs`?"),
    (#"{"format": 2}"#, "`2` is out of range", ""),
    (#"{"format": 1, "include": ["copis/**"]}"#, "no file matches `copis/**`", ""),
    (
      #"{"format": 1, "targets": [{"path": "copies/{regoin}/**"}]}"#, "unknown capture `regoin`",
      "did you mean `region`?"
    ),
    (#"{"format": 1, "packs": ["../outside.json"]}"#, "there is no pack `../outside.json`", "looked in"),
    (#"{"format": 1, "include": []}"#, "an empty list", ""),
  ])
  func mistakesHaveTheirPlace(_ text: String, _ message: String, _ help: String) throws {
    try configure(text)
    let result = try scratch.run("check")
    #expect(result.code == 2)
    #expect(result.errors.contains(".copylint.json:1:"), "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(help == "" || result.errors.contains(help), "\(result.errors)")
  }

  @Test func aSecondConfigurationIsAMistake() throws {
    try configure(#"{"format": 1, "include": ["copies/**"]}"#)
    try scratch.write(#"{"format": 1}"#, to: "copies/.copylint.json")
    let result = try scratch.run("check")
    #expect(result.code == 2)
    #expect(result.errors.contains("copies/.copylint.json: error: a configuration below the repository's root"))
  }

  @Test func aPackOutsideTheRepositoryMustBePinned() throws {
    let outside = try Scratch()
    try outside.write(
      #"{"format": 1, "name": "out", "version": "1", "rules": [{"id": "n", "kind": "tag-count", "max": 9}]}"#,
      to: "p.json")
    let path = outside.folder.appendingPathComponent("p.json").path
    try configure("{\"format\": 1, \"include\": [\"copies/**\"], \"packs\": [\"\(path)\"]}")
    let refused = try scratch.run("check")
    #expect(refused.code == 2)
    #expect(refused.errors.contains("is outside the repository"))
    let digest = try Program.execute("/usr/bin/sha256sum", [path], in: scratch.folder).output.prefix(64)
    try configure(
      "{\"format\": 1, \"include\": [\"copies/**\"], \"packs\": [{\"pack\": \"\(path)\", \"sha256\": \"\(digest)\"}]}")
    #expect(try scratch.run("check").code == 0)
    try configure(#"{"format": 1, "include": ["copies/**"], "packs": ["p.json"]}"#)
    let found = try scratch.run("check", environment: ["COPYLINT_PACK_PATH": outside.folder.path])
    #expect(found.code == 0, "\(found.errors)")
  }

  @Test func everyValueIsShownWithItsOrigin() throws {
    try configure(
      #"{"format": 1, "packs": ["policy/eu.json"], "include": ["copies/**"], "targets": [{"path": "copies/{region}/{account}/**"}]}"#
    )
    let result = try scratch.run("check", "--show-config", "copies/eu-west-1/111122223333/a.json")
    #expect(result.code == 0)
    for text in [
      "target.region", "eu-west-1  (the path, by .copylint.json:1:", "include", "copies/**", "eu 1", "deny  (default)",
    ] { #expect(result.output.contains(text), "\(result.output)") }
  }

  @Test func explicitFilesAreCheckedUnlessForcedOut() throws {
    try configure(#"{"format": 1, "include": ["copies/**"]}"#)
    try scratch.write(Sample.denied, to: "other.json")
    #expect(try scratch.run("check", "other.json").code == 1)
    let excluded = try scratch.run("check", "--force-exclude", "other.json")
    #expect(excluded.code == 0)
    #expect(excluded.errors.contains("0 of 1 request files"))
  }
}
