import Testing

@testable import Copylint

/// `extends`, `overrides`, sets: what is in force when packs come together.
@Suite struct CompositionTests {
  private static func pack(_ name: String, _ members: String) -> String {
    "{\"format\": 1, \"name\": \"\(name)\", \"version\": \"1\", \(members)}"
  }

  private static let base = pack(
    "base",
    #"""
    "sets": {"keys": {"values": ["arn:aws:kms:us-east-1:*:key/*"], "overridable": true}, "locked": ["x"]},
    "rules": [{"id": "budget", "kind": "tag-count", "max": 3, "severity": "warning", "overridable": ["max", "off"]},
              {"id": "keys", "kind": "allowed-kms-keys", "keys": ["@keys"], "required": false},
              {"id": "fixed", "kind": "tag-count", "max": 9}]
    """#)

  private func rule(_ name: String, _ set: RuleSet) -> [Rule] { set.rules.filter { $0.name == name } }
  private func maxima(_ set: RuleSet) -> [Int?] { rule("base/budget", set).map { ($0.kind as? TagCount)?.max } }

  @Test func extendedRulesAreInForceUnderTheirOwnNames() {
    let (set, problems) = Judging.ruleSet(
      ["base.json": Self.base, "a.json": Self.pack("a", #""extends": ["./base.json"]"#)], roots: ["./a.json"])
    #expect(problems.isEmpty)
    #expect(maxima(set) == [3])
    #expect(set.rules.contains { $0.pack.name == "bedrock-api" })
  }

  @Test func anOverrideChangesWhatIsOverridable() {
    let a = Self.pack(
      "a",
      #""extends": ["./base.json"], "overrides": [{"rule": "base/budget", "with": {"max": 5, "severity": "error"}}]"#)
    let (set, problems) = Judging.ruleSet(["base.json": Self.base, "a.json": a], roots: ["./a.json"])
    #expect(Judging.rendered(problems) == "")
    #expect(maxima(set) == [5])
    #expect(rule("base/budget", set).first?.settings.severity == .error)
  }

  /// Reached changed and unchanged, a rule holds at its strictest: both hold.
  @Test func aRuleThatIsReachedTwiceHoldsTwice() throws {
    let a = Self.pack("a", #""extends": ["./base.json"], "overrides": [{"rule": "base/budget", "off": true}]"#)
    let files = ["base.json": Self.base, "a.json": a]
    let (off, none) = Judging.ruleSet(files, roots: ["./a.json"])
    #expect(none.isEmpty && maxima(off) == [])
    let (both, problems) = Judging.ruleSet(files, roots: ["./a.json", "./base.json"])
    #expect(problems.isEmpty && maxima(both) == [3])
    let looser = Self.pack(
      "a", #""extends": ["./base.json"], "overrides": [{"rule": "base/budget", "with": {"max": 8}}]"#)
    let (set, _) = Judging.ruleSet(["base.json": Self.base, "a.json": looser], roots: ["./a.json", "./base.json"])
    #expect(maxima(set) == [3, 8])
    let tags = (0..<5).map { "{\"key\": \"k\($0)\", \"value\": \"\"}" }.joined(separator: ",")
    let report = try Judging.judge(
      #"{"sourceModelArn": "arn:aws:bedrock:us-east-1::foundation-model/a.b", "targetModelName": "m", "targetModelTags": [\#(tags)]}"#,
      set)
    #expect(report.findings.map(\.rule) == ["base/budget"])
    #expect(report.results[.fail] == ["base/budget"])
  }

  @Test func aSetIsReplacedWhereTheBaseAllows() {
    let a = Self.pack(
      "a",
      #""extends": ["./base.json"], "sets": {"mine": ["arn:aws:kms:eu-west-1:*:key/*"]}, "overrides": [{"set": "base/keys", "values": ["@mine"]}]"#
    )
    let (set, problems) = Judging.ruleSet(["base.json": Self.base, "a.json": a], roots: ["./a.json"])
    #expect(Judging.rendered(problems) == "")
    let keys = rule("base/keys", set).compactMap { ($0.kind as? AllowedKmsKeys)?.keys?.summary }
    #expect(keys == ["`arn:aws:kms:eu-west-1:*:key/*`"])
    let (both, _) = Judging.ruleSet(["base.json": Self.base, "a.json": a], roots: ["./a.json", "./base.json"])
    #expect(rule("base/keys", both).count == 2)
  }

  @Test func aSetOfAnExtendedPackIsNamedByItsPack() {
    let a = Self.pack(
      "a",
      #""extends": ["data-residency"], "rules": [{"id": "eu", "kind": "allowed-regions", "target": ["@data-residency/eu"]}]"#
    )
    let (set, problems) = Judging.ruleSet(["a.json": a], roots: ["./a.json"])
    #expect(Judging.rendered(problems) == "")
    #expect(rule("a/eu", set).first.flatMap { ($0.kind as? AllowedRegions)?.target?.entries.count } == 6)
  }

  @Test(arguments: [
    (
      #""extends": ["./base.json"], "overrides": [{"rule": "base/fixed", "with": {"max": 99}}]"#,
      "`max` of `base/fixed` cannot be changed"
    ),
    (
      #""extends": ["./base.json"], "overrides": [{"rule": "base/fixed", "off": true}]"#,
      "`base/fixed` cannot be switched off"
    ),
    (
      #""extends": ["./base.json"], "overrides": [{"rule": "base/fixed", "with": {"severity": "warning"}}]"#,
      "`severity` of `base/fixed` cannot be changed"
    ),
    (
      #""extends": ["./base.json"], "overrides": [{"set": "base/locked", "values": ["y"]}]"#,
      "the set `base/locked` cannot be replaced"
    ),
    (
      #""extends": ["./base.json"], "overrides": [{"rule": "base/budgt", "with": {"max": 1}}]"#,
      "no extended pack has a rule `base/budgt`"
    ),
    (#""extends": ["./a.json"]"#, "the pack extends itself"),
    (#""extends": ["../outside.json"]"#, "there is no pack `../outside.json`"),
    (#""extends": ["./writable.json"]"#, "anyone can write the pack `./writable.json`"),
    (
      #""extends": [{"path": "./base.json", "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}]"#,
      "the pack is not the one that is pinned"
    ),
    (#""extends": ["./twin.json", "./base.json"]"#, "two packs have the name `base`"),
    (
      #""extends": ["./b.json", "./base.json"], "overrides": [{"rule": "base/budget", "with": {"max": 2}}]"#,
      "two packs change `max` of `base/budget` differently"
    ),
    (#""rules": [{"id": "x", "kind": "allowed-regions", "target": ["@base/keys"]}]"#, "there is no set `base/keys`"),
  ])
  func whatDoesNotFitIsAMistake(_ members: String, _ message: String) {
    let files = [
      "base.json": Self.base, "a.json": Self.pack("a", members), "writable.json": Self.pack("w", #""rules": []"#),
      "twin.json": Self.base.replacingOccurrences("9", with: "8"),
      "b.json": Self.pack(
        "b", #""extends": ["./base.json"], "overrides": [{"rule": "base/budget", "with": {"max": 1}}]"#),
    ]
    let problems = Judging.ruleSet(files, roots: ["./a.json"]).problems
    #expect(problems.contains { $0.message == message }, "\(problems.map(\.message))")
  }

  @Test func packsAreFoundOnThePackPath() {
    let a = Self.pack("a", #""extends": ["base.json"]"#)
    let (set, problems) = Judging.ruleSet(["shared/base.json": Self.base, "a.json": a], roots: ["./a.json"])
    #expect(Judging.rendered(problems) == "")
    #expect(maxima(set) == [3])
  }

  @Test func severityIsAWarningUntilItsDate() throws {
    let pack = Self.pack("a", #""rules": [{"id": "r", "kind": "tag-count", "min": 1, "enforceFrom": "2027-01-01"}]"#)
    let set = Judging.ruleSet(pack).rules
    let json = #"{"sourceModelArn": "arn:aws:bedrock:us-east-1::foundation-model/a.b", "targetModelName": "m"}"#
    let before = try Judging.judge(json, set, today: "2026-12-31")
    #expect(before.verdict == .compliant && before.findings.map(\.severity) == [.warning])
    #expect(before.findings[0].message.hasSuffix("(enforced from 2027-01-01)"))
    #expect(try Judging.judge(json, set, today: "2027-01-01").verdict == .denied)
  }
}

extension String {
  fileprivate func replacingOccurrences(_ old: Character, with new: Character) -> String {
    String(map { $0 == old ? new : $0 })
  }
}
