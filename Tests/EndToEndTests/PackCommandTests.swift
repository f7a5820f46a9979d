import Foundation
import Testing

/// `copylint pack`, `rules` and `explain` as the people run them who write packs.
@Suite struct PackCommandTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func pack(_ rules: String) throws {
    try scratch.write("{\"format\": 1, \"name\": \"p\", \"version\": \"1\", \"rules\": [\n\(rules)\n]}", to: "p.json")
  }

  @Test(arguments: [
    (
      #"{"id": "r", "kind": "allowed-regions", "target": ["eu-*"]}"#, "p.json:2:51: warning: `eu-*` takes every Region",
      "name the Regions"
    ),
    (
      #"{"id": "n", "kind": "naming-pattern", "field": "targetModelName", "pattern": "^fin-.*"}"#,
      "warning: a leading `^` in a pattern", "patterns match the whole value"
    ),
    (
      #"{"id": "z", "kind": "tag-count", "max": 5, "when": {"tagCount": {"min": 51}}}"#,
      "warning: no request can reach the rule", "correct `when`, or remove the rule"
    ),
    (
      #"{"id": "t", "kind": "required-tags", "tags": {"A": {}, "B": {}}}, {"id": "c", "kind": "tag-count", "max": 1}"#,
      "warning: the rule needs 2 tag keys, and `p/c` allows 1", "no request can satisfy both"
    ),
    (
      #"""
      {"id": "s", "kind": "required-tags", "tags": {"A": {}, "B": {}}},
      {"id": "t", "kind": "required-tags", "tags": {"B": {}, "C": {}}}, {"id": "c", "kind": "tag-count", "max": 2}
      """#,
      "p.json:3:46: warning: `p/s` and `p/t` together need 3 tag keys, and `p/c` allows 2",
      "no request can satisfy all of them"
    ),
  ])
  func lintTellsWhatIsSuspicious(_ rules: String, _ message: String, _ help: String) throws {
    try pack(rules)
    let result = try scratch.run("pack", "lint", "./p.json")
    #expect(result.code == 1)
    #expect(result.output.contains(message), "\(result.output)")
    #expect(result.output.contains("= help: \(help)"), "\(result.output)")
    #expect(result.output.hasSuffix("2 packs: 0 errors, 1 warning\n"), "\(result.output)")
  }

  /// A demand that does not always hold, or that others have too, exceeds nothing.
  @Test(arguments: [
    #"{"id": "t", "kind": "required-tags", "tags": {"B": {}, "A": {}}}"#,
    #"{"id": "t", "kind": "required-tags", "tags": {"C": {}}, "when": {"targetModelName": "fin-*"}}"#,
  ])
  func lintAllowsWhatSomeRequestCanSatisfy(_ rule: String) throws {
    try pack(
      #"{"id": "s", "kind": "required-tags", "tags": {"A": {}, "B": {}}}, {"id": "c", "kind": "tag-count", "max": 2}, "#
        + rule)
    let result = try scratch.run("pack", "lint", "./p.json")
    #expect(result.code == 0, "\(result.output)")
  }

  @Test func lintTellsWhatIsSuspiciousByItsPlace() throws {
    try pack(
      """
      {"id": "t", "kind": "required-tags", "tags": {"A": {}, "B": {}}},
      {"id": "n", "kind": "naming-pattern", "field": "targetModelName", "pattern": "^fin-.*"},
      {"id": "c", "kind": "tag-count", "max": 1}
      """)
    let lines = try scratch.run("pack", "lint", "./p.json").output.split(separator: "\n").filter {
      $0.contains("warning: ")
    }
    #expect(lines.map { $0.prefix(8) } == ["p.json:2", "p.json:3"])
  }

  @Test func lintTellsEveryMistakeInOneRun() throws {
    try pack(
      #"{"id": "a", "kind": "tag-cuont", "max": 5}, {"id": "b", "kind": "tag-count", "mux": 5}, {"id": "b", "kind": "naming-pattern", "field": "targetModelName", "pattern": "(?=a)"}"#
    )
    let result = try scratch.run("pack", "lint", "./p.json")
    #expect(result.code == 2)
    for text in ["did you mean `tag-count`?", "did you mean `max`?", "looks ahead or behind"] {
      #expect(result.output.contains(text), "\(result.output)")
    }
    try scratch.write(Sample.good, to: "good.json")
    let check = try scratch.run("check", "good.json", "--pack", "./p.json")
    #expect(check.code == 2)
    #expect(!check.output.contains("1 compliant"))
  }

  /// A pack that others extend comes with each of them.
  @Test func aRuleOfSeveralPacksIsListedOnce() throws {
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "extends": ["baseline"], "rules": [{"id": "c", "kind": "tag-count", "max": 5}]}"#,
      to: "p.json")
    try scratch.write(
      #"{"format": 1, "packs": ["baseline", {"pack": "p.json", "paths": ["a/**"]}], "include": ["a/**", "b/**"]}"#,
      to: ".copylint.json")
    let listed = try scratch.run("rules").output.split(separator: "\n").filter { $0.hasPrefix("baseline/kms-key ") }
    #expect(listed.count == 1, "\(listed)")
    let explained = try scratch.run("explain", "baseline/kms-key").output
    #expect(explained.components(separatedBy: "As the pack has it").count == 2, "\(explained)")
  }

  /// Who is told that at most 30 are allowed finds out who said so.
  @Test func anOverrideIsTold() throws {
    try scratch.write(
      """
      {"format": 1, "name": "p", "version": "1", "extends": ["baseline"],
       "overrides": [{"rule": "baseline/tag-budget", "with": {"max": 30}}],
       "rules": [{"id": "c", "kind": "tag-count", "max": 50}]}
      """, to: "p.json")
    let options = ["--no-config", "--pack", "./p.json"]
    let listed = try Program.run(["rules"] + options, in: scratch.folder).output
    #expect(listed.contains("baseline.json:35, max by p.json:2\n"), "\(listed)")
    let explained = try Program.run(["explain", "baseline/tag-budget"] + options, in: scratch.folder).output
    #expect(explained.contains("  changed   max to 30, by p.json:2\n"), "\(explained)")
    let json = try Program.run(["rules", "--json"] + options, in: scratch.folder).output
    let rules = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let budget = (rules?["rules"] as? [[String: Any]])?.first { $0["rule"] as? String == "baseline/tag-budget" }
    #expect((budget?["changes"] as? [[String: Any]])?.first?["member"] as? String == "max")
  }

  /// Who is told that a key is not among `@kms-keys` finds out what those are, and who said so.
  @Test func aReplacedSetIsTold() throws {
    try scratch.write(
      """
      {"format": 1, "name": "p", "version": "1", "extends": ["baseline"],
       "sets": {"ours": ["arn:aws:kms:eu-*:111122223333:key/*", "@more"],
        "more": ["arn:aws:kms:us-*:111122223333:key/*"]},
       "overrides": [{"set": "baseline/kms-keys", "values": ["@ours"]}]}
      """, to: "p.json")
    let options = ["--no-config", "--pack", "./p.json"]
    let explained = try Program.run(["explain", "baseline/kms-key"] + options, in: scratch.folder).output
    let values = #""arn:aws:kms:eu-*:111122223333:key/*", "arn:aws:kms:us-*:111122223333:key/*""#
    #expect(explained.contains("  set       @kms-keys is \(values), by p.json:2, p.json:3\n"), "\(explained)")
    let own = try scratch.run("explain", "baseline/kms-key", "--no-config", "--pack", "baseline").output
    #expect(own.contains(#"@kms-keys is "arn:aws*:kms:*:*:key/*", by <built-in>/baseline.json:"#), "\(own)")
  }

  @Test func whatCannotBeExplainedIsToldWhatCan() throws {
    let unknown = try scratch.run("explain", "nope", "--no-config")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("`copylint rules` lists the rules in force; the kinds are allowed-accounts, "))
    let near = try scratch.run("explain", "required-tag", "--no-config")
    #expect(near.code == 2 && near.errors.contains("did you mean `required-tags`?"))
    #expect(try scratch.run("explain", "--help").output.contains("well-formed"))
    let nothing = try scratch.run("explain")
    #expect(nothing.code == 2)
    #expect(nothing.errors.contains("Missing expected argument '<name>'") && nothing.errors.contains("well-formed"))
  }

  @Test func lintOfACleanPackIsZero() throws {
    try pack(#"{"id": "c", "kind": "tag-count", "max": 5}"#)
    #expect(try scratch.run("pack", "lint", "./p.json").code == 0)
  }

  private func cases(_ cases: String) throws {
    try scratch.write("{\"format\": 1, \"pack\": \"../p.json\", \"cases\": [\(cases)]}", to: "cases/p.json")
  }

  @Test func testRunsCasesAndTellsWhatNoneExercises() throws {
    try pack(#"{"id": "c", "kind": "tag-count", "max": 0}, {"id": "d", "kind": "tag-count", "max": 9}"#)
    let denied =
      #"{"sourceModelArn": "\#(Sample.arn)", "targetModelName": "m", "targetModelTags": [{"key": "a", "value": ""}]}"#
    try cases(
      #"{"name": "none", "request": \#(Sample.good), "verdict": "compliant"}, {"name": "one", "request": \#(denied), "verdict": "denied", "findings": {"c": ["/targetModelTags"]}}"#
    )
    let good = try scratch.run("pack", "test", "cases")
    #expect(good.code == 0, "\(good.output)")
    #expect(good.output.contains("p/c: no case makes it not apply\n"))
    #expect(good.output.contains("p/d: no case makes it fail, or not apply\n"))
    #expect(good.output.hasSuffix("2 cases: 2 as expected, 0 not\n"))
    try cases(#"{"name": "one", "request": \#(denied), "verdict": "compliant"}"#)
    let bad = try scratch.run("pack", "test", "cases")
    #expect(bad.code == 1)
    #expect(bad.output.contains("case `one` is not as expected"))
    #expect(bad.output.hasSuffix("1 case: 0 as expected, 1 not\n"))
    #expect(bad.output.contains("expected `compliant`, found `denied`"))
    #expect(bad.output.contains("unexpected finding: p/c at `/targetModelTags`"))
  }

  @Test func noCaseIsAFailure() throws {
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent("cases"), withIntermediateDirectories: true)
    let none = try scratch.run("pack", "test", "cases")
    #expect(none.code == 2)
    #expect(none.output.contains("there is no case file"))
    try pack(#"{"id": "c", "kind": "tag-count", "max": 0}"#)
    try cases("")
    #expect(try scratch.run("pack", "test", "cases").code == 2)
  }

  @Test func rulesAndExplainSayWhereARuleComesFrom() throws {
    try pack(#"{"id": "c", "kind": "tag-count", "max": 5, "why": "Budgets are finite.", "controls": ["CM-8"]}"#)
    let rules = try scratch.run("rules", "--pack", "./p.json")
    #expect(rules.code == 0)
    #expect(rules.output.split(separator: "\n").contains { $0.hasPrefix("p/c ") && $0.hasSuffix("p.json:2") })
    #expect(rules.output.contains("request/unknown-member"))
    let explained = try scratch.run("explain", "p/c", "--pack", "./p.json")
    for text in ["Budgets are finite.", "CM-8", "p.json:2", "tag-count"] { #expect(explained.output.contains(text)) }
    let wrong = try scratch.run("explain", "tag-cuont")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("did you mean `tag-count`?"))
    #expect(try scratch.run("rules", "--pack", "./none.json").code == 2)
  }
}
