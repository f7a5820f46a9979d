/// Packs that between them use every kind and every way of saying something.
enum PlanPacks {
  static let lists = """
    {"format": 1, "name": "lists", "version": "1",
     "sets": {"eu": ["eu-west-1", "eu-central-1"]},
     "rules": [
      {"id": "tags", "kind": "required-tags", "tags": {"Owner": {}, "CostCenter": {"pattern": "CC-[0-9]{4}"},
        "Environment": {"values": ["dev", "st*", "prod"], "patterns": ["[a-z]+", "x|y"]}}},
      {"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:eu-*:111122223333:key/*",
        "arn:aws:kms:*:222233334444:key/mrk-*", "arn:aws*:kms:us-east-1:*:*/*-1234567890ab", "alias/fin*"],
        "sameRegionAsTarget": true, "aliases": true, "accounts": ["1111*", "2*"], "multiRegion": false},
      {"id": "any-key", "kind": "allowed-kms-keys", "required": false, "keyIds": true, "regions": ["@eu"]},
      {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-[a-z0-9]+(-[a-z0-9]+)*",
        "forbid": [".*2", "[^f].*"]},
      {"id": "owner", "kind": "naming-pattern", "field": "tags.Owner", "patterns": ["[^@]+", ".*@b[.]example", "line."]},
      {"id": "budget", "kind": "tag-count", "min": 1, "max": 6, "severity": "warning"},
      {"id": "models", "kind": "allowed-source-models", "accounts": ["1111*", "2222*"], "kinds": ["custom", "imported"],
        "regions": ["@eu", "us-*"], "baseModels": ["amazon.*"], "models": ["arn:aws*:bedrock:*:*:custom-model/*"]},
      {"id": "regions", "kind": "allowed-regions", "target": ["@eu"], "pairs": [{"from": ["eu-*"], "to": ["@eu"]},
        {"from": "us-east-1", "to": "us-east-1"}]},
      {"id": "accounts", "kind": "allowed-accounts", "pairs": [{"from": ["1*"], "to": ["2*", "1*"]}]},
      {"id": "vocabulary", "kind": "allowed-tags", "keys": ["Owner", "Cost*", "team:?", "note?"],
        "patterns": ["[A-Z][a-z]+", ".*t"], "severity": "info"},
      {"id": "forbidden", "kind": "forbidden-tags", "keys": ["a b"], "values": ["*@*"], "keyPatterns": ["tab."],
        "valuePatterns": ["y{2,}", "[^a-z]+"]},
      {"id": "token", "kind": "request-token", "forbidden": true, "severity": "warning"},
      {"id": "later", "kind": "tag-count", "max": 3, "enforceFrom": "2027-01-01"},
      {"id": "elsewhere", "kind": "tag-count", "max": 0, "at": ["submit"]}
     ]}
    """

  static let conditions = """
    {"format": 1, "name": "conditions", "version": "1",
     "rules": [
      {"id": "in-production", "kind": "required-tags", "tags": {"Owner": {"values": ["fraud"]}},
        "when": {"tags.Environment": ["prod", "Prod"]}},
      {"id": "few", "kind": "tag-count", "max": 2, "when": {"any": [{"source.kind": "foundation"},
        {"tagCount": {"min": 4}}, {"not": {"kms.kind": ["key-arn", "alias-arn"]}}]}},
      {"id": "own-region", "kind": "assert", "that": {"source.region": {"not": "us-*"}}, "message": "not from the US",
        "when": {"target.region": {"pattern": "eu-[a-z]+-[0-9]"}}},
      {"id": "not-imported", "kind": "assert", "that": {"all": [{"source.baseModel": {"exists": true}},
        {"tags.Owner": {"not": {"equals": "é"}}}, {"tagCount": {"max": 9}}]}, "message": "a base model is named"},
      {"id": "kms-account", "kind": "assert", "that": {"any": [{"kms.account": "1111*"}, {"kms.region": "eu-*"}]},
        "message": "the key is ours", "when": {"modelKmsKeyId": {"exists": true}}},
      {"id": "path", "kind": "assert", "that": {"path": {"pattern": ".*[.]ndjson"}}, "message": "a stream",
        "at": ["file"]},
      {"id": "list", "kind": "assert", "that": {"targetModelTags": {"exists": true}}, "message": "tags are given"},
      {"id": "token", "kind": "naming-pattern", "field": "clientRequestToken", "pattern": "copy-[0-9]+"},
      {"id": "three", "kind": "assert", "that": {"tagCount": 3}, "message": "three tags", "severity": "info"}
     ]}
    """

  /// What plans say without their kinds, in every way that they have.
  static let words = #"""
    {"format": 1, "name": "words", "version": "1",
     "rules": [
      {"id": "tags", "kind": "required-tags", "controls": ["A-1", "#"], "tags": {"Owner": {"values": ["fraud*", "a", "b", "c"]},
        "CostCenter": {"pattern": "CC-[0-9]{4}", "default": "CC-0000"}, "Environment": {"patterns": ["dev", "prod|x"]},
        "team:a": {"default": "##"}, "k\"\\": {}, "note1": {"values": ["\u0001", "é"], "pattern": ".*"}}},
      {"id": "helped", "kind": "required-tags", "help": "ask the \"owners\" ##", "severity": "warning",
        "tags": {"Owner": {}}, "enforceFrom": "2027-01-01"},
      {"id": "no-key", "kind": "allowed-kms-keys"},
      {"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:eu-west-1:111122223333:key/*"], "required": false},
      {"id": "places", "kind": "allowed-kms-keys", "aliases": true, "keyIds": true, "accounts": ["1111*"],
        "regions": ["eu-*"], "multiRegion": false, "sameRegionAsTarget": true},
      {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*", "patterns": ["x", "y\""],
        "forbid": ["fin-a", "F.*"]},
      {"id": "owner", "kind": "naming-pattern", "field": "tags.Owner", "pattern": "[a-z]+", "severity": "info"},
      {"id": "token", "kind": "naming-pattern", "field": "clientRequestToken", "forbid": ["copy-[0-9]"]},
      {"id": "few", "kind": "tag-count", "max": 1}, {"id": "many", "kind": "tag-count", "min": 4},
      {"id": "models", "kind": "allowed-source-models", "models": ["arn:aws:bedrock:eu-*:1111*:custom-model/*"],
        "accounts": ["1111*"], "regions": ["eu-west-1"], "kinds": ["custom", "foundation"], "baseModels": ["amazon.*"]},
      {"id": "case", "kind": "tag-key-case", "help": "é"}
     ]}
    """#

  /// Judged by the kinds themselves: placeholders, and paths in conditions.
  static let placeholders = """
    {"format": 1, "name": "placeholders", "version": "1",
     "rules": [
      {"id": "owner-in-name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "${tags.Owner}-.*"},
      {"id": "key-owner", "kind": "assert", "that": {"kms.account": "${target.account}"}, "message": "the account's key"}
     ]}
    """

  /// Lists that are indexed, and rules that are looked up by what their conditions demand.
  static let many = """
    {"format": 1, "name": "many", "version": "1",
     "rules": [
      {"id": "names", "kind": "naming-pattern", "field": "targetModelName", "patterns": [\(strings { "fin-[a-z]{\($0)}" }),
        "fin-[a-z0-9]+(-[a-z0-9]+)*", "[a-z]+-v[0-9]", ".*é", "(?i)FRAUD.*"]},
      {"id": "not-names", "kind": "naming-pattern", "field": "targetModelName", "forbid": [\(strings { "fin-[0-9]{\($0)}" }),
        ".*2", "[^f].*", "fin-.*"]},
      {"id": "keys", "kind": "allowed-kms-keys", "aliases": true, "keys": [
        \(strings { "arn:aws:kms:eu-*:\(111_122_223_330 + $0):key/*" }), "alias/*", "arn:aws*:kms:*:*:*/*-1234567890ab"]},
      {"id": "tags", "kind": "allowed-tags", "keys": [\(strings { "Cost\($0)*" }), "Owner", "*t", "?ote*"]},
      \((1...9).map(conditional).joined(separator: ",\n"))
     ]}
    """

  private static func strings(_ text: (Int) -> String) -> String {
    (1...9).map { "\"\(text($0))\"" }.joined(separator: ", ")
  }

  private static func conditional(_ number: Int) -> String {
    let owners = ["fraud", "a@b.example", "x", "é", "Fraud", "risk\(number)"]
    let demand = number % 2 == 0 ? "[\"\(owners[number % 6])\", \"b\"]" : "\"\(owners[number % 6])\""
    return """
      {"id": "when-\(number)", "kind": "tag-count", "max": \(number % 4), "severity": "\(number % 3 == 0 ? "warning" : "error")",
       "when": {"tags.Owner": \(demand), "tagCount": {"max": \(number)}}}
      """
  }

  static let all = [lists, conditions, words, many, placeholders]
}
