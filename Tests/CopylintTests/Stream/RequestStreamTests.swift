import Foundation
import Testing

@testable import Copylint

@Suite struct RequestStreamTests {
  private let folder: ScratchFolder

  /// A stream and what it is judged by.
  private struct Setting {
    var rules = Judging.ruleSet(PlanPacks.lists).rules
    var input = Linter.Input(path: "a.ndjson", policyPath: "a.ndjson", declarations: [])
    var form = StreamForm.requests
    var maxBytes = 1 << 20
    var offersFixes = true

    func linter() throws -> Linter {
      var linter = Linter(today: try Judging.date(Judging.today))
      linter.remembersRequests = false
      linter.offersFixes = offersFixes
      return linter
    }

    /// Every rule with its verdict, where the form has it.
    func reporter() -> JSONLinesReporter {
      let header = Report.Header(tool: "copylint", today: Judging.today, packs: [])
      return JSONLinesReporter(header: header, options: ReportOptions(verbose: form == .requests))
    }
  }

  /// A report, and how many requests of it were values.
  private struct Streamed: Equatable {
    var lines: [String] = []
    var summary = Summary()
    var values = 0
  }

  init() throws { folder = try ScratchFolder() }

  private func streamed(_ content: [UInt8], _ setting: Setting = Setting()) throws -> Streamed {
    let path = folder.write(content, to: "a.ndjson")
    let stream = RequestStream(
      linter: try setting.linter(), input: setting.input, rules: setting.rules,
      limits: JSONLimits(maxBytes: setting.maxBytes))
    var reporter = setting.reporter()
    var (output, streamed) = (ReportOutput(), Streamed())
    try stream.run(StreamSource(OpenFile(opening: path)), setting.form) { chunk, text, _ in
      for part in chunk.parts {
        switch part {
        case .request(let request):
          reporter.add(request, to: &output)
          streamed.summary.add(request)
          streamed.values += 1
        case .lines(let range): reporter.add(lines: text.part(range.lowerBound, range.upperBound), to: &output)
        case .file: Issue.record("a stream has no files")
        }
      }
      streamed.summary.add(chunk.counts.summary)
    }
    streamed.lines = lines(output)
    return streamed
  }

  private func lines(_ output: ReportOutput) -> [String] {
    output.standardOutput.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Line by line, as `LineReader` has lines, by the reference.
  private func reference(_ content: [UInt8], _ setting: Setting = Setting()) throws -> Streamed {
    let limits = JSONLimits(maxBytes: setting.maxBytes)
    var linter = try setting.linter()
    var reader = try LineReader(folder.write(content, to: "b.ndjson"), maxLineBytes: setting.maxBytes)
    var reporter = setting.reporter()
    var (output, judged) = (ReportOutput(), Streamed())
    while let line = reader.next() {
      var request: Report.Request
      switch line {
      case .line(let number, let bytes):
        let text = JSONText(SourceFile(path: setting.input.path, bytes: bytes, firstLine: number))
        request = linter.judge(text, setting.input, setting.rules, limits: limits)
      case .tooLong(let number):
        request = .tooLong(line: number, limits, path: setting.input.path)
        request.repositoryPath = setting.input.policyPath
      case .failed(let error): throw error
      }
      reporter.add(request, to: &output)
      judged.summary.add(request)
      judged.values += 1
    }
    judged.lines = lines(output)
    return judged
  }

  /// Both say the same, and the stream makes at most as many values.
  private func compare(_ content: [UInt8], _ setting: Setting = Setting()) throws -> Streamed {
    let (found, wanted) = (try streamed(content, setting), try reference(content, setting))
    #expect(found.summary == wanted.summary)
    #expect(found.lines.count == wanted.lines.count)
    for (line, expected) in zip(found.lines, wanted.lines) { #expect(line == expected) }
    return found
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
  @Test(arguments: [StreamForm.requests, .lines])
  func judgesAsTheReferenceDoesInOrder(_ form: StreamForm) throws {
    let content = content(900, seed: 3)
    #expect(content.count > 3 * LineChunk.size)
    _ = try compare(content, Setting(form: form))
  }

  @Test(arguments: PlanPacks.all, 0..<3)
  func linesAreThoseOfTheReference(_ pack: String, _ input: Int) throws {
    var setting = Setting(rules: Judging.ruleSet(pack).rules, input: DifferentialTests.inputs[input], form: .lines)
    setting.offersFixes = input != 1
    _ = try compare(content(120, seed: UInt64(input) + 20), setting)
  }

  /// Lines that a plan decides.
  private func decided(_ count: Int, _ setting: Setting) throws -> [UInt8] {
    var random = RandomRequests(seed: 8)
    let judge = RequestJudge(
      try setting.linter(), setting.input, setting.rules, limits: JSONLimits(), PlanWorkspace(warmUp: 0))
    var (content, left): ([UInt8], Int) = ([], count)
    while left > 0 {
      // A lone CR ends a line, of which the writer of lines knows one only.
      let text = random.text().map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      var tally = StreamTally(path: setting.input.path)
      guard text.withUnsafeBufferPointer({ judge.count($0, into: &tally) }) else { continue }
      content += text + [0x0A]
      left -= 1
    }
    return content
  }

  /// Lines that are always left to the reference would agree too.
  @Test func whatAPlanDecidesIsWrittenAtOnce() throws {
    let setting = Setting(input: DifferentialTests.inputs[1], form: .lines, offersFixes: false)
    #expect(try compare(decided(60, setting), setting).values == 0)
  }

  /// More than one chunk, whose turns need not come.
  @Test func chunksThatAreOnlyCountedAreCountedOnce() throws {
    let content = content(900, seed: 12)
    #expect(content.count > 3 * LineChunk.size)
    #expect(try streamed(content, Setting(form: .counts)).summary == reference(content).summary)
  }

  @Test func whatAPlanDecidesIsCountedAtOnce() throws {
    let setting = Setting(input: DifferentialTests.inputs[1], form: .counts)
    let content = try decided(60, setting)
    let counted = try streamed(content, setting)
    #expect(counted.values == 0)
    #expect(try counted.summary == reference(content, setting).summary)
  }

  /// The clean ones are counted, the others are values.
  @Test func findingsAreTold() throws {
    let content = content(300, seed: 7)
    let setting = Setting(form: .findings)
    let (judged, reference) = (try streamed(content, setting), try reference(content, setting))
    #expect(judged.summary == reference.summary)
    let lines = reference.lines.filter { !$0.contains(#""verdict":"compliant""#) || $0.contains(#""rule":""#) }
    #expect(Set(lines).isSubset(of: judged.lines))
  }

  @Test func linesBeyondTheLimitArePassedOver() throws {
    let long = [UInt8](repeating: 0x20, count: 400_000)
    let content = Array("{}\n".utf8) + long + Array("\n{}\n".utf8) + Array("{\"a\":1}\r\n".utf8) + long
    for limit in [1, 2, 7, 8, 399_999, 400_000, 1 << 20] {
      _ = try compare(content, Setting(form: .lines, maxBytes: limit))
    }
  }

  /// A chunk has so many lines at most, however short they are.
  @Test(arguments: ["{}\n", "\n", "{\r\n", "\n{}\n\n"], [511, 512, 513, 1400])
  func shortLinesAreNumberedThroughout(_ line: String, _ count: Int) throws {
    let content = Array(String(repeating: line, count: count).utf8)
    for end in ["", "{}", "[\n{}"] {
      _ = try compare(content + Array(end.utf8), Setting(rules: RuleSet(rules: [], packs: [])))
    }
  }

  @Test(arguments: ["", "\n", "\r", "{}", "{}\r", "\n\n{}\n", "{}\n\r\n{}"])
  func endsAreAsTheReferenceHasThem(_ text: String) throws {
    _ = try compare(Array(text.utf8))
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
