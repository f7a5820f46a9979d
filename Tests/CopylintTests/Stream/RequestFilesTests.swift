import Foundation
import Testing

@testable import Copylint

/// Files that are judged batch by batch are judged as the reference judges each of them.
@Suite struct RequestFilesTests {
  private let folder: ScratchFolder

  /// What came of a run: lines of `jsonl` in order, and the counts.
  private struct Outcome: Equatable {
    var lines: [String] = []
    var summary = Summary()
    var findings = FindingCounts()
    /// Paths from the repository's root, of requests that were values.
    var repositoryPaths: Set<ByteString?> = []
    var values = 0

    mutating func add(_ request: Report.Request) {
      summary.add(request)
      findings.add(request)
      repositoryPaths.insert(request.repositoryPath)
      values += 1
    }
  }

  init() throws { folder = try ScratchFolder() }

  private func linter(offersFixes: Bool) throws -> Linter {
    var linter = Linter(today: try Judging.date(Judging.today))
    linter.remembersRequests = false
    linter.offersFixes = offersFixes
    return linter
  }

  /// Requests that a plan decides.
  private func decided(_ count: Int, seed: UInt64) throws -> [[UInt8]] {
    var random = RandomRequests(seed: seed)
    let input = FileSelection.Input(file: nil, shown: "a", policyPath: "a")
    let judge = RequestJudge(
      try linter(offersFixes: false), known(input, isUniform: true), sets[0], limits: JSONLimits(),
      PlanWorkspace(warmUp: 0))
    var texts: [[UInt8]] = []
    while texts.count < count {
      // A lone CR is left to the reference.
      var text = random.text().map { $0 == 0x0D ? 0x20 : $0 }
      if texts.count % 2 == 0 { text = text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }
      var tally = StreamTally()
      if text.withUnsafeBufferPointer({ judge.count($0, into: &tally) }) { texts.append(text) }
    }
    return texts
  }

  /// Requests, most of which a plan decides, arrays of them, and what is neither; more than one batch for each thread.
  private func write(_ count: Int, seed: UInt64) throws -> [FileSelection.Input] {
    let ordinary = try decided(40, seed: seed)
    var random = RandomRequests(seed: seed)
    return (0..<count).map { number in
      let name = ByteString("\(1000 + number).json")
      var content = ordinary[number % ordinary.count]
      switch number % 17 {
      case 0, 9: content = random.text()
      case 3: content = Array("[".utf8) + random.text() + Array(",\n".utf8) + random.text() + Array("]".utf8)
      case 5: content = Array(" [ ]\n".utf8)
      case 7: content = []
      default: break
      }
      let file = number % 40 == 39 ? folder.path("missing.json") : folder.write(content, to: name)
      return FileSelection.Input(file: file, shown: name, policyPath: Path.join("copies", name))
    }
  }

  private func reporter(_ form: StreamForm) -> JSONLinesReporter {
    let header = Report.Header(tool: "copylint", today: Judging.today, packs: [])
    return JSONLinesReporter(header: header, options: ReportOptions(verbose: form != .lines))
  }

  private func lines(_ output: ReportOutput) -> [String] {
    output.standardOutput.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every other file goes elsewhere, unless all are alike.
  private func known(_ input: FileSelection.Input, isUniform: Bool) -> Linter.Input {
    let isOdd = (input.shown.bytes.first { $0 == UInt8(ascii: "3") }) != nil
    let region: ByteString = isUniform || isOdd ? "eu-west-1" : "us-east-1"
    return Linter.Input(
      path: input.shown, policyPath: input.policyPath,
      declarations: [TargetDeclaration(source: .path, region: region, account: "111122223333")])
  }

  private func rules(_ input: FileSelection.Input, _ all: [RuleSet], isUniform: Bool) -> RuleSet {
    isUniform ? all[0] : all[Int(input.shown.bytes.last { $0 != 0x2E && $0 < 0x3A } ?? 0) % all.count]
  }

  private func judged(
    _ inputs: [FileSelection.Input], _ sets: [RuleSet], _ form: StreamForm, isUniform: Bool, offersFixes: Bool
  ) throws -> Outcome {
    let files = RequestFiles(
      linter: try linter(offersFixes: offersFixes), limits: JSONLimits(maxBytes: 20_000))
    var (reporter, output, outcome) = (reporter(form), ReportOutput(), Outcome())
    var alone = files.linter
    let bases = inputs.map { input in
      FileBatch.Basis(known(input, isUniform: isUniform).declarations, rules(input, sets, isUniform: isUniform))
    }
    var asked = 0
    files.run(inputs, form) { path in
      #expect(path == inputs[asked].policyPath)
      asked += 1
      return isUniform ? bases[0] : bases[asked - 1]
    } deliver: { chunk, batch in
      for part in chunk.parts {
        switch part {
        case .request(let request):
          reporter.add(request, to: &output)
          outcome.add(request)
        case .lines(let range):
          reporter.add(lines: batch.output.span.part(range.lowerBound, range.upperBound), to: &output)
        case .file(let index):
          let input = batch.input(at: index)
          judgeAlone(input, known(input, isUniform: isUniform), batch.bases[index].rules, &alone) { request in
            reporter.add(request, to: &output)
            outcome.add(request)
          }
        }
      }
      outcome.summary.add(chunk.counts.summary)
      outcome.findings.add(chunk.counts.findings)
    }
    outcome.lines = lines(output)
    // Which file came last is no matter of the counts.
    outcome.summary.begin("")
    return outcome
  }

  /// By the reference, request by request.
  private func judgeAlone(
    _ input: FileSelection.Input, _ known: Linter.Input, _ rules: RuleSet, _ linter: inout Linter,
    _ body: (Report.Request) -> Void
  ) {
    let reader = RequestReader(isLines: false, limits: JSONLimits(maxBytes: 20_000))
    var judging = linter
    reader.forEachRequest(of: input) { entry in
      var request: Report.Request
      switch entry {
      case .text(let text): request = judging.judge(text, known, rules, limits: reader.limits)
      case .unreadable(let unreadable): request = unreadable
      }
      request.repositoryPath = input.policyPath
      body(request)
    }
    linter = judging
  }

  private func reference(
    _ inputs: [FileSelection.Input], _ sets: [RuleSet], _ form: StreamForm, isUniform: Bool, offersFixes: Bool
  ) throws -> Outcome {
    var linter = try linter(offersFixes: offersFixes)
    var (reporter, output, outcome) = (reporter(form), ReportOutput(), Outcome())
    for input in inputs {
      judgeAlone(
        input, known(input, isUniform: isUniform), rules(input, sets, isUniform: isUniform), &linter
      ) { request in
        reporter.add(request, to: &output)
        outcome.add(request)
      }
    }
    outcome.lines = lines(output)
    // Which file came last is no matter of the counts.
    outcome.summary.begin("")
    return outcome
  }

  private var sets: [RuleSet] { [PlanPacks.lists, PlanPacks.words].map { Judging.ruleSet($0).rules } }

  @Test(arguments: [StreamForm.requests, .lines], [true, false])
  func everyFileIsJudgedAsTheReferenceDoes(_ form: StreamForm, _ isUniform: Bool) throws {
    let inputs = try write(3 * FileBatch.size + 3, seed: isUniform ? 1 : 2)
    let found = try judged(inputs, sets, form, isUniform: isUniform, offersFixes: !isUniform)
    let wanted = try reference(inputs, sets, form, isUniform: isUniform, offersFixes: !isUniform)
    #expect(found.summary == wanted.summary)
    #expect(found.repositoryPaths.isSubset(of: wanted.repositoryPaths))
    #expect(found.lines.count == wanted.lines.count)
    for (line, expected) in zip(found.lines, wanted.lines) { #expect(line == expected) }
    if form == .lines, isUniform { #expect(found.values < 2 * wanted.values / 3) }
  }

  /// Where files of one batch are judged by different packs, each rule has what is its own.
  @Test(arguments: [StreamForm.counts, .findings], [true, false])
  func whatIsCountedIsWhatTheReferenceCounts(_ form: StreamForm, _ isUniform: Bool) throws {
    let inputs = try write(3 * FileBatch.size, seed: 3)
    let found = try judged(inputs, sets, form, isUniform: isUniform, offersFixes: false)
    let wanted = try reference(inputs, sets, form, isUniform: isUniform, offersFixes: false)
    #expect(found.summary == wanted.summary)
    #expect(found.findings == wanted.findings)
    if form == .counts, isUniform { #expect(found.values < wanted.values / 2) }
    #expect(Set(found.lines).isSubset(of: wanted.lines))
  }
}
