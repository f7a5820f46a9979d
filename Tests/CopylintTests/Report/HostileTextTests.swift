import Foundation
import Testing

@testable import Copylint

/// Whatever stands in a request, a pack or a file name, the output is well formed and acts on nothing.
@Suite struct HostileTextTests {
  @Test(arguments: OutputFormat.allCases, [false, true])
  func noControlCharacterComesThrough(_ format: OutputFormat, color: Bool) {
    var random = RandomSource(seed: 7)
    for _ in 0..<20 {
      let report = HostileReport.make(&random)
      let output = report.rendered(as: format, options: ReportOptions(color: color, verbose: true))
      for bytes in [output.standardOutput, output.standardError] {
        let shown = color ? withoutSGR(bytes) : bytes
        let text = String(decoding: shown, as: UTF8.self)
        #expect(Array(text.utf8) == shown, "not UTF-8")
        let bad = text.unicodeScalars.first { $0 != "\n" && !Escaping.isVisible($0) }
        #expect(bad == nil)
        #expect(!foreign(text, format).contains("##"))
        #expect(
          !lines(foreign(text, format)).contains {
            $0.drop(while: \.properties.isWhitespace).starts(with: "::".unicodeScalars)
          })
      }
    }
  }

  @Test func jsonIsJSON() throws {
    var random = RandomSource(seed: 11)
    for _ in 0..<20 {
      let report = HostileReport.make(&random)
      let output = report.rendered(as: .json, options: ReportOptions(verbose: true)).standardOutput
      #expect(output.filter { $0 == 0x0A }.count == 1)
      let root = try #require(try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any])
      let requests = try #require(root["requests"] as? [[String: Any]])
      #expect(requests.count == report.requests.count)
      for (request, expected) in zip(requests, report.requests) {
        #expect(scalars(request["path"]) == scalars(expected.path.displayString))
        let findings = try #require(request["findings"] as? [[String: Any]])
        #expect(findings.map { scalars($0["message"]) } == expected.findings.map { scalars($0.message) })
        let target = try #require(request["target"] as? [String: Any])
        #expect(scalars(target["region"]) == scalars(expected.target.region?.displayString))
      }
    }
  }

  @Test func aLineOfJSONLinesIsARequest() throws {
    var random = RandomSource(seed: 13)
    let report = HostileReport.make(&random)
    let json = report.rendered(as: .json).standardOutput
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let requests = try #require(root["requests"] as? NSArray)
    let lines = report.rendered(as: .jsonl).standardOutput.split(separator: 0x0A)
    #expect(lines.count == requests.count)
    for (line, request) in zip(lines, requests) {
      #expect(try JSONSerialization.jsonObject(with: Data(line)) as? NSDictionary == request as? NSDictionary)
    }
  }

  @Test func aPathCannotBeginAWorkflowCommand() {
    #expect(ShownText.path("::error::x.json") == "\\x3a:error::x.json")
    #expect(ShownText.path("  ::error::x.json") == "  \\x3a:error::x.json")
    #expect(ShownText.path("a::error::x.json") == "a::error::x.json")
    #expect(ShownText.text("##vso[x] # ###") == "#\\x23vso[x] # #\\x23\\x23")
  }

  @Test func jsonStringsEscapeWhatActs() {
    var writer = JSONWriter()
    let end = Array("##[é\u{E0001}".utf8)
    writer.string(ByteString([0x22, 0x5C, 0x0A, 0x1B, 0xC2, 0x9B, 0xE2, 0x80, 0xAE, 0xFF] + end))
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "\"\\\"\\\\\\n\\u001b\\u009b\\u202e\u{FFFD}#\\u0023[é\\udb40\\udc01\"")
  }

  @Test func jsonNests() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("a", ["x", "y"])
      writer.member("b") { $0.member("c", 1) }
      writer.key("d")
      writer.array { $0.array { _ in } }
      writer.key("e")
      writer.bool(true)
      writer.member("f", orNull: nil)
      writer.member("g", ifPresent: nil)
    }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":["x","y"],"b":{"c":1},"d":[[]],"e":true,"f":null}"#)
  }

  /// The text without the beginnings of the commands that the format itself is made of.
  private func foreign(_ text: String, _ format: OutputFormat) -> String {
    let own: [String]
    switch format {
    case .github: own = ["::error ", "::warning ", "::notice "]
    case .azure: own = ["##vso[task.logissue type=error;", "##vso[task.logissue type=warning;"]
    default: own = []
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      own.first { line.utf8.starts(with: $0.utf8) }.map { String(line.unicodeScalars.dropFirst($0.utf8.count)) }
        ?? String(line)
    }.joined(separator: "\n")
  }

  private func lines(_ text: String) -> [Substring.UnicodeScalarView.SubSequence] {
    text.unicodeScalars.split(separator: "\n").map { $0 }
  }

  private func scalars(_ value: Any?) -> [Unicode.Scalar]? { (value as? String).map { Array($0.unicodeScalars) } }
}
