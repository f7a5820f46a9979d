import Testing

@testable import Copylint

/// Conditions that no request can meet, and those that some may.
@Suite struct ReachabilityTests {
  private func reason(_ when: String) throws -> String? {
    let pack =
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "r", "kind": "tag-count", "max": 9, "when": \#(when)}]}"#
    let (rules, problems) = Judging.ruleSet(pack)
    #expect(Judging.rendered(problems) == "", "\(when)")
    let rule = try #require(rules.rules.first { $0.name == "p/r" })
    return Reachability.contradiction(in: try #require(rule.settings.when))
  }

  @Test(arguments: [
    (#"{"source.kind": {"exists": false}}"#, "`source.kind` is never absent"),
    (#"{"targetModelName": {"exists": false}}"#, "`targetModelName` is required by the API"),
    (#"{"tagCount": {"min": 51}}"#, "no number of tags"), (#"{"tagCount": {"min": 9, "max": 3}}"#, "no number of tags"),
    (#"{"all": [{"source.kind": "custom"}, {"source.kind": "imported"}]}"#, "no value of `source.kind`"),
    (#"{"source.kind": "imported", "not": {"source.kind": "imported"}}"#, "no value of `source.kind`"),
    (#"{"all": [{"tags.Env": ["dev", "test"]}, {"tags.Env": ["prod"]}]}"#, "no value of `tags.Env`"),
    (#"{"all": [{"tags.Env": ["dev"]}, {"tags.Env": {"not": ["dev", "test"]}}]}"#, "no value of `tags.Env`"),
    (#"{"any": [{"tagCount": {"min": 60}}, {"sourceModelArn": {"exists": false}}]}"#, "no number of tags"),
    (#"{"all": [{"tags.Env": "dev"}, {"tags.Env": {"exists": false}}]}"#, "cannot be absent and have a value"),
  ])
  func isFound(_ when: String, _ expected: String) throws {
    #expect(try reason(when)?.contains(expected) == true, "\(when)")
  }

  @Test(arguments: [
    #"{"source.kind": ["custom", "imported"]}"#, #"{"tagCount": {"max": 50}}"#,
    #"{"any": [{"source.kind": "custom"}, {"source.kind": "imported"}]}"#,
    #"{"all": [{"tags.Env": ["dev", "test"]}, {"tags.Env": {"not": "dev"}}]}"#,
    #"{"tags.Env": "dev*", "not": {"tags.Env": "dev-*"}}"#, #"{"not": {"source.kind": "custom"}}"#,
    #"{"tags.Env": "${tags.Stage}", "not": {"tags.Env": "dev"}}"#, #"{"tags.Env": {"exists": false}}"#,
    #"{"source.kind": "custom", "not": {"source.kind": "custom", "tagCount": 3}}"#,
  ])
  func isNotClaimed(_ when: String) throws { #expect(try reason(when) == nil, "\(when)") }
}
