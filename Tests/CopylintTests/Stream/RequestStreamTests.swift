import Foundation
import Testing

@testable import Copylint

@Suite struct RequestStreamTests {
  private let folder: ScratchFolder
  private let rules = Judging.ruleSet(PlanPacks.lists).rules
  private let input = Linter.Input(path: "a.ndjson", policyPath: "a.ndjson", declarations: [])

  init() throws { folder = try ScratchFolder() }

  private func linter() throws -> Linter {
    var linter = Linter(today: try Judging.date(Judging.today))
    linter.remembersRequests = false
    return linter
  }

  private func rendered(_ requests: [Report.Request]) -> [String] {
    let header = Report.Header(tool: "copylint", today: Judging.today, packs: [])
    var reporter = JSONLinesReporter(header: header, options: ReportOptions(verbose: true))
    return requests.map { request in
      var output = ReportOutput()
      reporter.add(request, to: &output)
      return String(decoding: output.standardOutput, as: UTF8.self)
    }
  }

  private func streamed(_ content: [UInt8], maxBytes: Int = 1 << 20) throws -> [String] {
    let path = folder.write(content, to: "a.ndjson")
    let stream = RequestStream(
      linter: try linter(), input: input, rules: rules, limits: JSONLimits(maxBytes: maxBytes))
    var requests: [Report.Request] = []
    try stream.run(StreamSource(OpenFile(opening: path)), countsOnly: false) { chunk, _ in requests += chunk.requests }
    return rendered(requests)
  }

  /// Line by line, as `LineReader` has lines, by the reference.
  private func reference(_ content: [UInt8], maxBytes: Int = 1 << 20) throws -> [String] {
    let limits = JSONLimits(maxBytes: maxBytes)
    var linter = try linter()
    var reader = try LineReader(folder.write(content, to: "b.ndjson"), maxLineBytes: maxBytes)
    var requests: [Report.Request] = []
    while let line = reader.next() {
      switch line {
      case .line(let number, let bytes):
        let text = JSONText(SourceFile(path: input.path, bytes: bytes, firstLine: number))
        requests.append(linter.judge(text, input, rules, limits: limits))
      case .tooLong(let number):
        var request = Report.Request.tooLong(line: number, limits, path: input.path)
        request.repositoryPath = input.policyPath
        requests.append(request)
      case .failed(let error): throw error
      }
    }
    return rendered(requests)
  }

  private func content(_ lines: Int, seed: UInt64) -> [UInt8] {
    var random = RandomRequests(seed: seed)
    var content: [UInt8] = []
    for number in 0..<lines {
      content += random.text().filter { $0 != 0x0A }
      content += Array((number % 7 == 0 ? "\r\n" : number % 11 == 0 ? "\n \t\r\n" : "\n").utf8)
    }
    return content
  }

  /// More than one chunk, so that several threads take part; identities repeat, so that their order counts.
  @Test func judgesAsTheReferenceDoesInOrder() throws {
    let content = content(900, seed: 3)
    #expect(content.count > 3 * LineChunk.size)
    #expect(try streamed(content) == reference(content))
  }

  @Test func linesBeyondTheLimitArePassedOver() throws {
    let long = [UInt8](repeating: 0x20, count: 400_000)
    let content = Array("{}\n".utf8) + long + Array("\n{}\n".utf8) + Array("{\"a\":1}\r\n".utf8) + long
    for limit in [1, 2, 7, 8, 399_999, 400_000, 1 << 20] {
      #expect(try streamed(content, maxBytes: limit) == reference(content, maxBytes: limit), "\(limit)")
    }
  }

  @Test(arguments: ["", "\n", "\r", "{}", "{}\r", "\n\n{}\n", "{}\n\r\n{}"])
  func endsAreAsTheReferenceHasThem(_ text: String) throws {
    #expect(try streamed(Array(text.utf8)) == reference(Array(text.utf8)))
  }

  @Test func gzipIsUnpackedMemberByMember() throws {
    let content = content(60, seed: 4)
    let half = content.count / 2
    let packed = try GzipText.packed(Array(content[..<half])) + GzipText.packed(Array(content[half...]))
    #expect(try streamed(packed) == streamed(content))
  }

  @Test func gzipThatEndsEarlyIsRefused() throws {
    let packed = try GzipText.packed(content(60, seed: 4))
    for count in [2, 12, packed.count / 2, packed.count - 1] {
      let error = #expect(throws: Diagnostic.self) { try streamed(Array(packed[..<count])) }
      #expect(error?.message == "the gzip data ends too early", "\(count)")
    }
    var damaged = packed
    damaged[packed.count - 6] ^= 1
    let error = #expect(throws: Diagnostic.self) { try streamed(damaged) }
    #expect(error?.message == "the gzip data is damaged")
  }
}
