import Foundation
import Testing

@testable import Copylint

/// Whatever stands in a request, a pack or a file name, the output is well formed and acts on nothing.
@Suite struct HostileTextTests {
  @Test(arguments: OutputFormat.allCases, [false, true])
  func noControlCharacterComesThrough(_ format: OutputFormat, color: Bool) {
    var random = RandomSource(seed: 7)
    for _ in 0..<60 {
      let report = hostileReport(&random)
      let output = report.rendered(as: format, options: ReportOptions(color: color, verbose: true))
      for bytes in [output.standardOutput, output.standardError] {
        let shown = color ? withoutSGR(bytes) : bytes
        let text = String(decoding: shown, as: UTF8.self)
        #expect(Array(text.utf8) == shown, "not UTF-8")
        let bad = text.unicodeScalars.first { $0 != "\n" && !Escaping.isVisible($0) }
        #expect(bad == nil)
        #expect(!text.contains("##"))
        #expect(!lines(text).contains { $0.drop(while: \.properties.isWhitespace).starts(with: "::".unicodeScalars) })
      }
    }
  }

  @Test func jsonIsJSON() throws {
    var random = RandomSource(seed: 11)
    for _ in 0..<60 {
      let report = hostileReport(&random)
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
    let report = hostileReport(&random)
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

  private func lines(_ text: String) -> [Substring.UnicodeScalarView.SubSequence] {
    text.unicodeScalars.split(separator: "\n").map { $0 }
  }

  private func scalars(_ value: Any?) -> [Unicode.Scalar]? { (value as? String).map { Array($0.unicodeScalars) } }

  private func hostileReport(_ random: inout RandomSource) -> Report {
    let packs = [Report.Pack(name: text(&random), version: text(&random), sha256: text(&random))]
    let header = Report.Header(tool: text(&random), today: text(&random), packs: packs)
    let requests = (0..<3).map { _ in hostileRequest(&random) }
    let errors = [
      Diagnostic(text(&random), help: text(&random), at: place(&random)),
      Diagnostic(text(&random), path: ByteString(random.hostileBytes(upTo: 5))),
    ]
    return Report(header: header, requests: requests, errors: errors)
  }

  private func hostileRequest(_ random: inout RandomSource) -> Report.Request {
    let findings = (0..<3).map { _ in
      Finding(
        rule: text(&random), kind: text(&random), severity: .error, verdict: .fail, status: .open,
        message: text(&random), help: text(&random), pointer: JSONPointer([.key(bytes(&random))]),
        place: place(&random), fingerprint: text(&random), controls: [text(&random)], policy: text(&random))
    }
    let target = Report.Target(region: bytes(&random), account: bytes(&random), declaredBy: text(&random))
    return Report.Request(
      path: bytes(&random), pointer: JSONPointer([.key(bytes(&random))]), verdict: .denied, target: target,
      results: [.fail: [text(&random)]], findings: findings,
      error: Diagnostic(text(&random), help: text(&random), at: place(&random)))
  }

  private func place(_ random: inout RandomSource) -> Place {
    let file = SourceFile(path: bytes(&random), bytes: random.hostileBytes(upTo: 60))
    let ends = (0..<2).map { _ in Int.random(in: 0...file.bytes.count, using: &random) }.sorted()
    return Place(file: file, range: ends[0]..<ends[1])
  }

  private func bytes(_ random: inout RandomSource) -> ByteString { ByteString(random.hostileBytes(upTo: 6)) }

  private func text(_ random: inout RandomSource) -> String { bytes(&random).displayString }
}
