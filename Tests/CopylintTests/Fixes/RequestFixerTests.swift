import Testing

@testable import Copylint

/// What fixes do to the bytes of a request, and what they leave alone.
@Suite struct RequestFixerTests {
  static let arn = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"

  static func pack(_ rules: String) -> String {
    "{\"format\": 1, \"name\": \"acme\", \"version\": \"1\", \"rules\": [\(rules)]}"
  }

  static let defaults = pack(
    #"{"id": "tags", "kind": "required-tags", "tags": {"Owner": {"default": "a:b"}, "Env": {"default": "dev"}}}"#)

  static func request(_ rest: String) -> String {
    "{\"sourceModelArn\": \"\(arn)\", \"targetModelName\": \"m\"\(rest)}"
  }

  // MARK: Case of members

  @Test(arguments: [
    ("\"SourceModelArn\"", "\"sourceModelArn\""), ("\"source\\u004dodelARN\"", "\"sourceModelArn\""),
  ])
  func aMemberInTheWrongCaseIsRenamed(_ name: String, _ right: String) throws {
    let text = "{\r\n\t\(name) :\"\(Self.arn)\",\r\n\r\n\t\"targetModelName\": \"m\" }\r\n"
    let expected = "{\r\n\t\(right) :\"\(Self.arn)\",\r\n\r\n\t\"targetModelName\": \"m\" }\r\n"
    #expect(try Fixing(isUnsafeAllowed: false).fix(text) == expected)
  }

  @Test func aRequestWithEveryNameInTheWrongCase() throws {
    let text = #"{"SourceModelArn":"\#(Self.arn)","TargetModelName":"m","TargetModelTags":[{"Key":"a","Value":"b"}]}"#
    let expected =
      #"{"sourceModelArn":"\#(Self.arn)","targetModelName":"m","targetModelTags":[{"key":"a","value":"b"}]}"#
    #expect(try Fixing(isUnsafeAllowed: false).fix(text) == expected)
  }

  @Test(arguments: [
    // The right one is there too.
    #"{"sourceModelArn": "$", "SourceModelArn": "$", "targetModelName": "m"}"#,
    #"{"sourceModelArn": "$", "targetModelName": "m", "targetModelTags": [{"key": "a", "Key": "b", "value": ""}]}"#,
    // Two may be meant.
    #"{"SourceModelArn": "$", "SOURCEMODELARN": "$", "targetModelName": "m"}"#,
    // Not ASCII's case: U+212A, and a dotless i.
    "{\"sourceModelArn\": \"ARN\", \"targetModelName\": \"m\", \"model\u{212A}msKeyId\": \"alias/a\"}",
    "{\"sourceModelArn\": \"ARN\", \"targetModelName\": \"m\", \"modelKmsKey\u{131}d\": \"alias/a\"}",
    // No member of a request.
    #"{"request": {"sourceModelArn": "$", "targetModelName": "m"}, "Target": {"region": "eu-west-1"}}"#,
    // Another tool's name is no case.
    #"{"sourceModelArn": "$", "targetModelName": "m", "clientToken": "a"}"#,
  ])
  func whatIsNotSurelyMeantStays(_ template: String) throws {
    let text = template.replacing("$", with: Self.arn)
    #expect(try Fixing().fix(text) == text)
  }

  /// What a rule finds in a member that it could not see before is not the fix's doing.
  @Test func aRuleThatSeesMoreDoesNotKeepASafeFixAway() throws {
    let fixing = Fixing(pack: Self.pack(#"{"id": "keys", "kind": "allowed-kms-keys", "required": false}"#))
    let text = Self.request(#", "ModelKmsKeyId": "alias/a""#)
    #expect(try fixing.fix(text) == Self.request(#", "modelKmsKeyId": "alias/a""#))
  }

  // MARK: Tags

  @Test(arguments: [
    // After the last, as the last is set off and written.
    (
      #", "targetModelTags": [{"key": "a", "value": ""}]"#,
      #", "targetModelTags": [{"key": "a", "value": ""}, {"key": "Owner", "value": "a:b"}, {"key": "Env", "value": "dev"}]"#
    ),
    (
      #","targetModelTags":[{"value":"","key":"a"}]"#,
      #","targetModelTags":[{"value":"","key":"a"},{"value":"a:b","key":"Owner"},{"value":"dev","key":"Env"}]"#
    ),
    (
      ",\n\t\"targetModelTags\": [\n\t\t{\n\t\t\t\"key\": \"a\",\n\t\t\t\"value\": \"\"\n\t\t}\n\t]",
      ",\n\t\"targetModelTags\": [\n\t\t{\n\t\t\t\"key\": \"a\",\n\t\t\t\"value\": \"\"\n\t\t},"
        + "\n\t\t{\n\t\t\t\"key\": \"Owner\",\n\t\t\t\"value\": \"a:b\"\n\t\t},"
        + "\n\t\t{\n\t\t\t\"key\": \"Env\",\n\t\t\t\"value\": \"dev\"\n\t\t}\n\t]"
    ),
    // An empty list, and none.
    (
      #", "targetModelTags": []"#,
      #", "targetModelTags": [{"key": "Owner", "value": "a:b"}, {"key": "Env", "value": "dev"}]"#
    ),
    (
      ",\r\n  \"targetModelTags\": [\r\n  ]",
      ",\r\n  \"targetModelTags\": [\r\n    {\"key\": \"Owner\", \"value\": \"a:b\"},"
        + "\r\n    {\"key\": \"Env\", \"value\": \"dev\"}\r\n  ]"
    ),
    (#""#, #", "targetModelTags": [{"key": "Owner", "value": "a:b"}, {"key": "Env", "value": "dev"}]"#),
  ])
  func aMissingTagIsAddedInTheStyleOfItsNeighbours(_ rest: String, _ expected: String) throws {
    #expect(try Fixing(pack: Self.defaults).fix(Self.request(rest)) == Self.request(expected))
    #expect(try Fixing(pack: Self.defaults, isUnsafeAllowed: false).fix(Self.request(rest)) == Self.request(rest))
  }

  @Test func aMinifiedRequestStaysMinified() throws {
    let text = #"{"sourceModelArn":"\#(Self.arn)","targetModelName":"m"}"#
    let expected =
      #"{"sourceModelArn":"\#(Self.arn)","targetModelName":"m","targetModelTags":[{"key":"Owner","value":"a:b"},{"key":"Env","value":"dev"}]}"#
    #expect(try Fixing(pack: Self.defaults).fix(text) == expected)
  }

  @Test func tagsAreNotAddedBesideAListOfAnotherSpelling() throws {
    let text = Self.request(#", "targetModelTags": [], "TargetModelTags": [{"key": "Owner", "value": "x"}]"#)
    #expect(try Fixing(pack: Self.defaults).fix(text) == text)
  }

  @Test func aKeyInAnotherCaseIsRenamedWhereThereIsOneOnly() throws {
    let fixing = Fixing(pack: Self.pack(#"{"id": "tags", "kind": "required-tags", "tags": {"Owner": {}}}"#))
    let tags = { (keys: [String]) in
      Self.request(
        ", \"targetModelTags\": [\(keys.map { "{\"key\": \"\($0)\", \"value\": \"\"}" }.joined(separator: ","))]")
    }
    #expect(try fixing.fix(tags(["x", "oWNER"])) == tags(["x", "Owner"]))
    #expect(try fixing.fix(tags(["owner", "OWNER"])) == tags(["owner", "OWNER"]))
  }

  // MARK: White space

  @Test(arguments: [
    (#""targetModelName": "  m ""#, #""targetModelName": "m""#),
    (#""targetModelName": "\t\u0020m\u00e9\n""#, #""targetModelName": "\t\u0020m\u00e9\n""#),
    (#""targetModelName": "\t\u0020m\u005f1\r""#, #""targetModelName": "m\u005f1""#),
    (#""targetModelName": "   ""#, #""targetModelName": "   ""#),
    (#""targetModelName": "a b ""#, #""targetModelName": "a b ""#),
  ])
  func whiteSpaceAroundAValue(_ member: String, _ expected: String) throws {
    let request = { (member: String) in "{\"sourceModelArn\": \"\(Self.arn)\", \(member)}" }
    #expect(try Fixing().fix(request(member)) == request(expected))
    #expect(try Fixing(isUnsafeAllowed: false).fix(request(member)) == request(member))
  }

  @Test func twoRulesThatWantTheSameEditGetItOnce() throws {
    let fixing = Fixing(
      pack: Self.pack(#"{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "m"}"#))
    let fixed = try fixing.fix(Array("{\"sourceModelArn\": \"\(Self.arn)\", \"targetModelName\": \" m\"}".utf8))
    #expect(fixed.mended == 2)
    #expect(try fixing.findings(fixed.bytes) == 0)
  }

  // MARK: What a fix must not do

  @Test(arguments: [
    // The rule that reads the old key would not apply any more.
    (
      #"{"id": "w", "kind": "tag-count", "max": 9, "when": {"tags.owner": {"exists": true}}}"#,
      "cannot rename the key to `Owner` by itself: `acme/w` would no longer apply"
    ),
    (
      #"{"id": "v", "kind": "allowed-tags", "keys": ["owner"]}"#,
      "cannot rename the key to `Owner` by itself: `acme/v` would find something new"
    ),
  ])
  func aFixThatCostsAnotherRuleIsNotKept(_ rule: String, _ note: String) throws {
    let fixing = Fixing(
      pack: Self.pack(#"{"id": "tags", "kind": "required-tags", "tags": {"Owner": {}}}, \#(rule)"#))
    let text = Self.request(#", "targetModelTags": [{"key": "owner", "value": "a"}]"#)
    #expect(try fixing.fix(text) == text)
    #expect(fixing.notes(text) == [note])
  }

  @Test func theFirstOfTwoContraryFixesIsNotUndone() throws {
    let fixing = Fixing(
      pack: Self.pack(
        #"{"id": "a", "kind": "required-tags", "tags": {"OWNER": {}}}, {"id": "b", "kind": "required-tags", "tags": {"Owner": {}}}"#
      ))
    let tag = { (key: String) in
      Self.request(", \"targetModelTags\": [{\"key\": \"\(key)\", \"value\": \"a\"}]")
    }
    #expect(try fixing.fix(tag("owner")) == tag("OWNER"))
    #expect(try fixing.fix(tag("OWNER")) == tag("OWNER"))
    #expect(try fixing.fix(tag("Owner")) == tag("Owner"))
    #expect(
      fixing.notes(tag("Owner")) == ["cannot rename the key to `OWNER` by itself: `acme/b` would find something new"])
  }

  @Test func whatWouldNotMendIsNotOffered() throws {
    let fixing = Fixing(
      pack: Self.pack(#"{"id": "tags", "kind": "required-tags", "tags": {"Env": {"values": ["dev"], "default": "x"}}}"#)
    )
    let text = Self.request("")
    #expect(try fixing.fix(text) == text)
    #expect(fixing.notes(text) == ["cannot add the tag `Env` with the value `x` by itself: the finding would stay"])
  }

  @Test func elementsAndLinesAreFixedEachInItsPlace() throws {
    let bad = #"{"SourceModelArn":"\#(Self.arn)","targetModelName":"a"}"#
    let good = bad.replacing("SourceModelArn", with: "sourceModelArn")
    #expect(try Fixing().fix("[ \(bad) ,\n\(good), \(bad)]\n") == "[ \(good) ,\n\(good), \(good)]\n")
    #expect(try Fixing(isLines: true).fix("\(bad)\r\n\r\n\(good)\n\(bad)") == "\(good)\r\n\r\n\(good)\n\(good)")
  }

  @Test(arguments: ["\u{FEFF}{\"SourceModelArn\": \"x\"}", "{\"SourceModelArn\": ", "[{\"SourceModelArn\": \"x\"}, {]"])
  func whatCannotBeReadIsNotTouched(_ text: String) throws {
    #expect(try Fixing().fix(text) == text)
  }
}
