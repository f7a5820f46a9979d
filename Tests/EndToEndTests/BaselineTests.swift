import Foundation
import Testing

/// Known findings in a repository, by the built program.
@Suite struct BaselineTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:*:*:key/*"], "required": false}, {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*", "severity": "warning"}, {"id": "locked", "kind": "tag-count", "max": 1, "waivable": false}]}"#,
      to: "policy/p.json")
    try scratch.write(
      #"{"format": 1, "packs": ["policy/p.json"], "include": ["copies/**"]}"#, to: ".copylint.json")
    try scratch.write(request("alias/a"), to: "copies/a.json")
    try scratch.write(request("alias/b"), to: "copies/b.json")
  }

  private func request(_ key: String, name: String = "fraud-v3") -> String {
    "{\"sourceModelArn\": \"\(Sample.arn)\",\n \"targetModelName\": \"\(name)\",\n \"modelKmsKeyId\": \"\(key)\"}\n"
  }

  private func baseline() throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent("known.json"), encoding: .utf8)
  }

  private func check(_ arguments: String...) throws -> Program.Result {
    try Program.run(["check"] + arguments, in: scratch.folder)
  }

  @Test func whatWasThereIsKnownAndDeniesNothing() throws {
    #expect(try check().code == 1)
    let written = try check("--write-baseline", "known.json")
    #expect(written.code == 0, "\(written.output)\(written.errors)")
    #expect(written.errors.contains("known.json: 4 findings written"))
    let result = try check("--baseline", "known.json")
    #expect(result.code == 0)
    #expect(result.output.contains("copies/a.json:3:19: error: key alias `alias/a` is not allowed [p/keys, known]\n"))
    #expect(
      result.output.contains("2 compliant, 0 denied, 0 undetermined, 0 unreadable; 0 errors, 0 warnings, 4 known"))
    #expect(try check("--baseline", "known.json", "--fail-on", "info").code == 0)
    #expect(try check().code == 1)
  }

  /// Without a baseline a stream is judged the short way. What is found does not depend on that.
  @Test(arguments: ["json", "jsonl", "text"])
  func aStreamTellsTheSameUnderABaseline(_ format: String) throws {
    try scratch.write(#"{"format": 1, "findings": []}"#, to: "none.json")
    let mistaken = request("alias/a").replacingOccurrences(of: "targetModelName", with: "TargetModelName")
    let lines = [mistaken, request("alias/b")].map { $0.replacingOccurrences(of: "\n", with: "") + "\n" }.joined()
    let stream = ["check", "--ndjson", "-", "--stdin-path", "copies/s", "--output-format", format]
    let short = try Program.run(stream, in: scratch.folder, input: lines)
    let whole = try Program.run(stream + ["--baseline", "none.json"], in: scratch.folder, input: lines)
    #expect(short.code == 1)
    #expect(short.output == whole.output)
  }

  @Test func oneEntryALineSortedAndStable() throws {
    _ = try check("--write-baseline", "known.json")
    let first = try baseline()
    let lines = first.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines.first == #"{"format": 1, "findings": ["#)
    #expect(
      lines[1].hasPrefix(
        #"{"path":"copies/a.json","rule":"p/keys","message":"key alias `alias/a` is not allowed","fingerprint":""#))
    #expect(lines[1..<5].map { $0.prefix(46) } == lines[1..<5].map { $0.prefix(46) }.sorted())
    _ = try check("--write-baseline", "known.json")
    #expect(try baseline() == first)
  }

  @Test func linesMayMove() throws {
    _ = try check("--write-baseline", "known.json")
    let moved = "\n\n  " + request("alias/a").replacingOccurrences(of: "\n", with: "\n\n\t")
    try scratch.write(moved, to: "copies/a.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 0)
    #expect(result.output.contains("copies/a.json:7:"))
    #expect(!result.output.contains("known/stale"))
  }

  @Test func aNewFileWithTheSameFaultIsANewFinding() throws {
    _ = try check("--write-baseline", "known.json")
    try scratch.write(request("alias/a"), to: "copies/c.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 1)
    #expect(result.output.contains("copies/c.json:3:19: error: key alias `alias/a` is not allowed [p/keys]\n"))
    #expect(result.output.contains("2 compliant, 1 denied"))
  }

  @Test func anotherValueIsANewFinding() throws {
    _ = try check("--write-baseline", "known.json")
    try scratch.write(request("alias/c"), to: "copies/a.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 1)
    #expect(
      result.output.contains("known.json:2:1: warning: `p/keys` in `copies/a.json` no longer occurs [known/stale]"))
  }

  @Test func whatNoLongerOccursIsNamedAndPruned() throws {
    _ = try check("--write-baseline", "known.json")
    let before = try baseline().split(separator: "\n")
    try scratch.write(Sample.good, to: "copies/b.json")
    let named = try check("--baseline", "known.json")
    #expect(named.code == 0)
    #expect(
      named.output.contains("known.json:4:1: warning: `p/keys` in `copies/b.json` no longer occurs [known/stale]"))
    #expect(try baseline().split(separator: "\n") == before)
    let pruned = try check("--baseline", "known.json", "--prune-baseline")
    #expect(pruned.code == 0)
    #expect(pruned.errors.contains("known.json: 1 finding pruned\n  `p/keys` in `copies/b.json`"), "\(pruned.errors)")
    var lines = before
    lines.remove(at: 3)
    #expect(try baseline().split(separator: "\n") == lines)
    let again = try check("--baseline", "known.json", "--prune-baseline")
    #expect(again.code == 0)
    #expect(again.errors.contains("every finding still occurs"))
    #expect(!again.output.contains("known/stale"))
  }

  @Test func aPartialRunNamesAndPrunesNothing() throws {
    _ = try check("--write-baseline", "known.json")
    let before = try baseline()
    let partial = try check("--baseline", "known.json", "copies/a.json")
    #expect(partial.code == 0)
    #expect(!partial.output.contains("known/stale"))
    let refused = try check("--baseline", "known.json", "--prune-baseline", "copies/a.json")
    #expect(refused.code == 2)
    #expect(refused.errors.contains("a baseline is pruned in a run over the whole tree"))
    let overwritten = try check("--write-baseline", "known.json", "copies/a.json")
    #expect(overwritten.code == 2)
    #expect(overwritten.errors.contains("the baseline exists, and this run is not over the whole tree"))
    #expect(try baseline() == before)
  }

  /// An unreadable file's findings have not gone, and nothing is known of them.
  @Test func aRunThatCouldNotJudgeChangesNoBaseline() throws {
    _ = try check("--write-baseline", "known.json")
    let before = try baseline()
    try scratch.write("{", to: "copies/b.json")
    for option in [["--baseline", "known.json", "--prune-baseline"], ["--write-baseline", "known.json"]] {
      let result = try Program.run(["check"] + option, in: scratch.folder)
      #expect(result.code == 2)
      #expect(result.errors.contains("not every request could be judged"))
      #expect(!result.output.contains("known/stale"))
    }
    #expect(try baseline() == before)
  }

  @Test func whatCannotBeWaivedCannotBeKnown() throws {
    try scratch.write(
      "{\"sourceModelArn\": \"\(Sample.arn)\", \"targetModelName\": \"a b\", \"x\": 1, \"targetModelTags\": [{\"key\": \"a\", \"value\": \"\"}, {\"key\": \"b\", \"value\": \"\"}]}",
      to: "copies/a.json")
    let written = try check("--write-baseline", "known.json")
    #expect(written.code == 1)
    #expect(
      written.errors.contains(
        "findings of `bedrock-api/target-model-name`, `p/locked`, `request/unknown-member` cannot be known, and still count"
      ),
      "\(written.errors)")
    let text = try baseline()
    for rule in ["bedrock-api", "locked", "request"] { #expect(!text.contains(rule)) }
    #expect(try check("--baseline", "known.json").code == 1)
  }

  /// Fingerprints put there by hand make nothing known that cannot be.
  @Test func aForgedEntryDoesNotHelp() throws {
    try scratch.write(
      "{\"sourceModelArn\": \"\(Sample.arn)\", \"targetModelName\": \"fin-a\", \"x\": 1}", to: "copies/a.json")
    try scratch.write(Sample.good, to: "copies/b.json")
    let report = try check("--output-format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any])
    let findings = try #require((object["requests"] as? [[String: Any]])?.first?["findings"] as? [[String: Any]])
    let fingerprint = try #require(findings.first { $0["rule"] as? String == "request/unknown-member" }?["fingerprint"])
    try scratch.write(
      "{\"format\": 1, \"findings\": [{\"path\": \"copies/a.json\", \"rule\": \"p/keys\", \"message\": \"m\", \"fingerprint\": \"\(fingerprint)\"}]}",
      to: "known.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 1)
    #expect(result.output.contains("unknown member `x` [request/unknown-member]"))
  }

  @Test func anUndecidedRequestStaysUndecided() throws {
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "eu", "kind": "allowed-regions", "target": ["eu-*"]}]}"#,
      to: "policy/p.json")
    let written = try check("--write-baseline", "known.json")
    #expect(written.code == 1)
    #expect(written.errors.contains("`request/target-undeclared` cannot be known"))
    #expect(try check("--baseline", "known.json").output.contains("2 undetermined"))
  }

  @Test(arguments: [
    (
      #"{"format": 1, "findings": [{"path": "a", "rule": "p/keys", "message": "m", "fingerprint": "abc"}]}"#,
      "not a fingerprint"
    ),
    (#"{"format": 1, "findings": [{"path": "a", "rule": "p/keys", "message": "m"}]}"#, "missing member `fingerprint`"),
    (#"{"format": 1, "findigns": []}"#, "unknown member `findigns`"),
    (#"{"format": 2, "findings": []}"#, "`2` is out of range"),
    (#"{"format": 1, "findings": {}}"#, "expected an array of findings, found an object"),
    (#"{"format": 1, "findings": []"#, "error:"), ("[]", "expected an object"),
    (
      #"{"format": 1, "findings": [{"path": "a", "rule": "request/wrong-type", "message": "m", "fingerprint": "\#(String(repeating: "a", count: 64))"}]}"#,
      "findings of `request/wrong-type` cannot be known"
    ),
    (
      #"{"format": 1, "findings": [{"path": "a", "rule": "p/keys", "message": "m", "fingerprint": "\#(String(repeating: "a", count: 64))"}, {"path": "a", "rule": "p/keys", "message": "m", "fingerprint": "\#(String(repeating: "a", count: 64))"}]}"#,
      "the finding stands twice"
    ),
  ])
  func aMalformedBaselineStopsTheRun(_ text: String, _ message: String) throws {
    try scratch.write(text, to: "known.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 2)
    #expect(result.errors.contains("known.json:1:"), "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func aBaselineIsNoRequestAndMustBeThere() throws {
    #expect(try check("--baseline", "known.json").code == 2)
    try scratch.write(#"{"format": 1, "packs": ["policy/p.json"]}"#, to: ".copylint.json")
    _ = try check("--write-baseline", "known.json")
    let result = try check("--baseline", "known.json")
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("2 requests:"))
  }

  @Test func optionsThatDoNotFitAreUsageErrors() throws {
    #expect(try check("--baseline", "a", "--write-baseline", "b").code == 2)
    #expect(try check("--prune-baseline").code == 2)
  }

  @Test func nothingIsWrittenThroughALink() throws {
    try scratch.write("old", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.folder.appendingPathComponent("known.json").path, withDestinationPath: "target")
    let result = try check("--write-baseline", "known.json")
    #expect(result.code == 2)
    #expect(result.errors.contains("known.json: error: cannot be written: is a symbolic link, not a file"))
    #expect(try String(contentsOf: scratch.folder.appendingPathComponent("target"), encoding: .utf8) == "old")
  }
}
