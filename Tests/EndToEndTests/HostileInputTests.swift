import Foundation
import Testing

/// Input that was made to break a reader: an error with its place, and the others still judged.
@Suite struct HostileInputTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func aMillionTagsAndAThousandLevels() throws {
    let tags = Array(repeating: #"{"key":"","value":""}"#, count: 1_000_000).joined(separator: ",")
    try scratch.write("{\"targetModelTags\":[\(tags)]}", to: "tags.json")
    try scratch.write(String(repeating: "[", count: 100_000), to: "deep.json")
    try scratch.write("{\"a\":" + String(repeating: "{\"a\":", count: 100_000), to: "deeper.json")
    try scratch.write(Sample.good, to: "good.json")
    let result = try scratch.run("check", "--output-format", "concise")
    #expect(result.code == 2)
    #expect(result.output.contains("tags.json:1:1: error: the text is larger than 1048576 bytes"))
    #expect(result.output.contains("deep.json:1:66: error: nested deeper than 64 levels"))
    #expect(result.output.contains("deeper.json:1:321: error: nested deeper than 64 levels"))
    #expect(result.output.contains("4 requests: 1 compliant, 0 denied, 0 undetermined, 3 unreadable"))
    let raised = try scratch.run("check", "tags.json", "--max-bytes", "100000000", "--output-format", "concise")
    #expect(raised.output.contains("error: more than 100000 values and names"))
  }

  /// A sparse file of 1 GB: refused by its size, and passed over as a line, without being held in memory.
  @Test(arguments: [[], ["--ndjson"]]) func aGigabyteInOneLine(_ options: [String]) throws {
    let file = scratch.folder.appendingPathComponent("big.json")
    try Data(Sample.good.utf8).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 1 << 30)
    let arguments = ["-c", "ulimit -v 600000; exec \"$0\" \"$@\"", Program.path, "check", "big.json"] + options
    let result = try Program.execute("/bin/bash", arguments, in: scratch.folder)
    #expect(result.code == 2, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1 unreadable"))
  }

  @Test(arguments: [
    (#"{"targetModelName": "a", "targetModelName": "b"}"#, "the name `targetModelName` stands twice in one object"),
    (
      #"{"targetModelName": "a", "target\u004dodelName": "b"}"#, "the name `targetModelName` stands twice in one object"
    ),
    (#"{"targetModelTags": [{"key": "a", "key": "b", "value": ""}]}"#, "the name `key` stands twice in one object"),
    (#"{"TargetModelName": "a"}"#, "unknown member `TargetModelName` [request/unknown-member]"),
    ("{\"modelKmsKey\u{130}d\": \"a\"}", "unknown member"),
    ("{\"model\u{212A}msKeyId\": \"a\"}", "did you mean `modelKmsKeyId`? the name holds U+212A"),
    (#"{"clientToken": "a"}"#, "did you mean `clientRequestToken`?"),
    (#"{"requestParameters": {}}"#, "put the request itself here"),
    (#"{"request": {"targetModelName": "a"}, "Target": {}}"#, "unknown member `Target`"),
    (#"{"target": {"region": "eu-west-1"}}"#, "the envelope has no `request`"),
    (#"{"targetModelName": null}"#, "`targetModelName` is null, expected a string"),
    (#"{"targetModelName": 7}"#, "`targetModelName` is a number, expected a string"),
    (#"{"targetModelTags": {"Owner": "a"}}"#, "write a list of `{\"key\": …, \"value\": …}`, not a map"),
    (#"{"targetModelTags": ["Owner"]}"#, "`element of targetModelTags` is a string, expected an object"),
    (#""text""#, "a request is an object, found a string"),
    (#"{"format": 1, "name": "p", "version": "1", "rules": []}"#, "this looks like a rule pack"),
    (#"{"format": 1, "waivers": []}"#, "this looks like a file of waivers"),
    (#"{"a": "\ud800"}"#, "half of a surrogate pair"),
    ("{\"a\": 1\u{0}}", "a NUL byte"),
  ])
  func otherParsersWouldDiffer(_ text: String, _ message: String) throws {
    let result = try scratch.run("check", "-", "--no-config", input: text)
    #expect(result.code == 1 || result.code == 2)
    #expect(result.output.contains(message), "\(result.output)")
  }

  @Test func valuesThatAreMadeToBeSlowAnswerAtOnce() throws {
    try scratch.write(
      #"{"format": 1, "name": "slow", "version": "1", "rules": [{"id": "a", "kind": "naming-pattern", "field": "tags.x", "pattern": "(a*)*b"}, {"id": "b", "kind": "forbidden-tags", "values": ["*a*a*a*a*a*a*b"]}]}"#,
      to: "p.json")
    let value = String(repeating: "a", count: 65_536)
    let request =
      #"{"sourceModelArn": "\#(Sample.arn)", "targetModelName": "m", "targetModelTags": [{"key": "x", "value": "\#(value)"}]}"#
    let result = try scratch.run("check", "-", "--pack", "./p.json", input: request)
    #expect(result.code == 1)
    #expect(result.output.contains("[slow/a]"))
  }

  /// Whatever is wrong with a request, its reader is told what to do.
  @Test func everyMistakeSaysWhatToDo() throws {
    let lines = [
      "{", "[1", #"{"a"}"#, #"{"a":}"#, #"{"a":tru}"#, #"{"a":01}"#, #"{"a":1e}"#, #"{"a":"\x"}"#, #"{"a":"\u12"}"#,
      "{\"a\":\"\t\"}", "{,}", #"{"a":1,}"#, "[1,]", "x", #"{"a":1} 2"#, "7", "null", "[[]]", "{a:1}", "{'a':1}",
      #"{"a" 1}"#,
      String(repeating: "[", count: 70), String(repeating: "{\"a\":", count: 70), #"{"a":"\ud800"}"#,
      #"{"a":"\u0000"}"#,
      #"{"sourceModelArn":7,"targetModelName":null,"modelKmsKeyId":[],"targetModelTags":"a","clientRequestToken":true}"#,
      #"{"sourceModelArn":"\#(Sample.arn)","targetModelName":"a b","targetModelTags":[7,{"key":1,"value":[]},{}]}"#,
    ]
    let result = try scratch.run(
      "check", "--no-config", "--ndjson", "-", "--output-format", "json", input: lines.joined(separator: "\n"))
    #expect(result.code == 2)
    let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let requests = try #require(report?["requests"] as? [[String: Any]])
    #expect(requests.count >= lines.count)
    for request in requests {
      let problems =
        (request["findings"] as? [[String: Any]] ?? []) + [request["error"] as? [String: Any]].compactMap { $0 }
      #expect(!problems.isEmpty)
      for problem in problems where problem["verdict"] as? String != "unknown" {
        #expect(problem["help"] is String, "\(problem["message"] ?? "")")
      }
    }
  }
}
