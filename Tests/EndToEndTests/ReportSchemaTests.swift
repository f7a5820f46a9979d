import Foundation
import Testing

/// What the program writes is what the formats' own schemas and parsers take, hostile values included.
@Suite struct ReportSchemaTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    let hostile = #"<b>&]]>\u001b[31m\n::error::x\n##vso[task.x]\u202e {0} [a](http://b) `|` # %0A,;"#
    let arn = Sample.arn
    try scratch.write(
      #"{"sourceModelArn": "\#(arn)", "targetModelName": "\#(hostile)", "\#(hostile)": 1, "modelKmsKeyId": "alias/x"}"#,
      to: "copies/<a&\"'>\n::error::x\u{1B}]%20é#\\.json")
    try scratch.write(Sample.good, to: "copies/good.json")
    try scratch.write("{\"\u{1}\u{FFFE}\": ", to: "copies/broken.json")
  }

  /// Runs a check that cannot judge everything, with the report in a file.
  private func report(_ format: String) throws -> URL {
    let file = scratch.folder.appendingPathComponent("report.\(format)")
    let packs = ["--pack", "baseline", "--pack", "data-residency"]
    let result = try Program.run(["check", "copies", "--output", "\(format)=\(file.path)"] + packs, in: scratch.folder)
    #expect(result.code == 2, "\(result.errors)")
    return file
  }

  private func python(_ script: String, _ arguments: String...) throws {
    let result = try Program.execute("/usr/bin/env", ["python3", "-c", script] + arguments, in: scratch.folder)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }

  private static let validateJSON = """
    import json, sys, jsonschema
    schema, report = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
    validator = jsonschema.validators.validator_for(schema)(schema)
    errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(report)]
    sys.exit("\\n".join(errors[:20]) or 0)
    """

  @Test(.needs(.schemas), .needs(.jsonschema)) func sarifIsWhatOASISHas() throws {
    let schema = try #require(ExternalTool.folder("COPYLINT_SCHEMAS")).appendingPathComponent("sarif-schema-2.1.0.json")
    try python(Self.validateJSON, schema.path, try report("sarif").path)
  }

  @Test(.needs(.schemas), .needs(.jsonschema)) func rdjsonIsWhatReviewdogHas() throws {
    let schema = try #require(ExternalTool.folder("COPYLINT_SCHEMAS"))
      .appendingPathComponent("rdjson-DiagnosticResult.json")
    try python(Self.validateJSON, schema.path, try report("rdjson").path)
  }

  @Test(.needs(.schemas), .needs(.lxml)) func junitIsWhatJenkinsHas() throws {
    let schema = try #require(ExternalTool.folder("COPYLINT_SCHEMAS")).appendingPathComponent("junit-10.xsd")
    let script = """
      import sys
      from lxml import etree
      etree.XMLSchema(etree.parse(sys.argv[1])).assertValid(etree.parse(sys.argv[2]))
      """
    try python(script, schema.path, try report("junit").path)
  }

  @Test(.needs(.lxml)) func checkstyleIsFilesOfErrors() throws {
    let script = """
      import sys
      from lxml import etree
      root = etree.parse(sys.argv[1]).getroot()
      assert root.tag == "checkstyle" and len(root)
      for file in root:
          assert file.tag == "file" and list(file.attrib) == ["name"] and len(file)
          for error in file:
              assert error.tag == "error" and not len(error) and not error.text
              assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
              assert error.get("severity") in {"info", "warning", "error"}
      """
    try python(script, try report("checkstyle").path)
  }

  @Test(.needs(.tap)) func tapIsWhatItsParserTakes() throws {
    let script = """
      import sys
      from tap.parser import Parser
      lines = list(Parser().parse_file(sys.argv[1]))
      kinds = [line.category for line in lines]
      assert set(kinds) == {"version", "test", "plan"}, set(kinds)
      tests = [line for line in lines if line.category == "test"]
      assert [test.number for test in tests] == list(range(1, len(tests) + 1))
      assert [line for line in lines if line.category == "plan"][0].expected_tests == len(tests)
      """
    try python(script, try report("tap").path)
  }

  @Test func noReportHoldsAControlByteOrAForeignCommand() throws {
    for format in [
      "sarif", "junit", "github", "markdown", "gitlab", "azure", "rdjson", "checkstyle", "tap", "text", "jsonl",
    ] {
      let bytes = [UInt8](try Data(contentsOf: try report(format)))
      #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "\(format)")
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let own = format == "github" && line.hasPrefix("::error file=") && !line.dropFirst(2).contains("\n::")
        #expect(own || !line.drop { $0 == " " }.hasPrefix("::"), "\(format): \(line)")
        let rest =
          format == "azure" ? line.replacing("##vso[task.logissue type=", with: "", maxReplacements: 1) : line[...]
        #expect(!rest.contains("##vso["), "\(format): \(line)")
      }
    }
  }
}
