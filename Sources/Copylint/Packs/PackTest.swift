/// What `copylint pack test` does: judges the cases of case files, and says which rules no case exercises.
public struct PackTest {
  /// What to show.
  public private(set) var lines: [String] = []
  private var caseCount = 0
  private var failures = 0
  private var problems: [Diagnostic] = []
  /// By pack, which rules were seen with which verdicts.
  private var seen: [ByteString: [ByteString: Set<RuleVerdict>]] = [:]
  private let options: CheckOptions

  /// Runs every case of the files, and of every `*.json` beneath the directories.
  public init(_ paths: [String], _ options: CheckOptions) {
    self.options = options
    for path in paths { run(ByteString(path)) }
    if caseCount == 0, problems.isEmpty {
      problems.append(Diagnostic("there is no case", help: "a case file has `\"pack\"` and `\"cases\"`"))
    }
    var rendering = TextRendering(color: false)
    lines += problems.map { rendering.block($0) }
    reportCoverage()
    let count = caseCount == 1 ? "1 case" : "\(caseCount) cases"
    lines.append("\(count): \(caseCount - failures) as expected, \(failures) not")
  }

  /// 0 when every case is as expected, 1 when one is not, 2 when one could not be run, or there is none.
  public var exitCode: ExitCode { problems.isEmpty ? (failures == 0 ? .compliant : .denied) : .unusable }

  private mutating func run(_ path: ByteString) {
    guard FileSystem.isDirectory(path) else { return runFile(path) }
    let (found, failed) = DirectoryWalk.files(beneath: path) { !$1 && !$0.ends(with: ".json") }
    problems += failed
    if found.isEmpty { problems.append(Diagnostic("there is no case file", help: "looked for `*.json`", path: path)) }
    for file in found { runFile(file) }
  }

  private mutating func runFile(_ path: ByteString) {
    do throws(Diagnostic) {
      let file = SourceFile(path: path, bytes: try FileReader.read(path, maxBytes: 16 << 20))
      let document = try Document(JSONText(file), limits: JSONLimits(maxBytes: 16 << 20, maxTokens: 1_000_000))
      let decoding = Decoding()
      var cases = PackCases()
      PackCases.shape.decode(Node(document), into: &cases, decoding)
      problems += decoding.diagnostics
      if decoding.isClean { run(cases, path) }
    } catch {
      problems.append(error)
    }
  }

  private mutating func run(_ cases: PackCases, _ path: ByteString) {
    var options = options
    let reference = PackReference(pack: cases.pack)
    let pack = cases.pack ?? ""
    options.packs = [(reference.isPath ? Path.join(Path.parent(path), pack) : pack).displayString]
    options.configuration = .none
    var policy = Policy(options.policyOptions)
    let rules = policy.rules(for: nil)
    problems += policy.diagnostics
    guard policy.isUsable, let tested = policy.packs.last else { return }
    let name = reference.isPath || cases.pack == tested.header.name ? tested.header.name : pack
    for rule in rules.rules where rule.pack.name == name {
      seen[name, default: [:]][rule.settings.id ?? "", default: []].formUnion([])
    }
    for testCase in cases.cases { run(testCase, rules, name) }
  }

  private mutating func run(_ testCase: PackCases.Case, _ rules: RuleSet, _ pack: ByteString) {
    caseCount += 1
    guard let request = testCase.request else { return }
    var linter = Linter(today: testCase.today ?? options.today)
    let place = request.place
    let declared = TargetDeclaration(source: .option, region: testCase.region, account: testCase.account)
    let input = Linter.Input(
      path: testCase.path ?? place.file.path, policyPath: testCase.path ?? place.file.path, declarations: [declared])
    let text = JSONText(file: place.file, range: place.range, pointer: JSONPointer())
    let report = linter.judge(text, input, rules, limits: JSONLimits())
    note(report, pack)
    let differences = CaseExpectation(testCase, pack: pack).differences(from: report)
    guard !differences.isEmpty else { return }
    failures += 1
    let start = testCase.node.place.start
    let name = Escaping.quoted(testCase.name ?? "")
    lines.append("\(Escaping.visible(place.file.path.bytes)):\(start.line): case \(name) is not as expected")
    lines += differences.map { "  \($0)" } + [""]
  }

  private mutating func note(_ report: Report.Request, _ pack: ByteString) {
    let prefix = ByteString(pack.bytes + [UInt8(ascii: "/")])
    for verdict in RuleVerdict.allCases {
      for name in report.results[verdict].map({ ByteString($0) }) where name.starts(with: prefix) {
        seen[pack]?[name.dropping(prefix)]?.insert(verdict)
      }
    }
  }

  private mutating func reportCoverage() {
    for (pack, rules) in seen.sorted(by: { $0.key < $1.key }) {
      for (rule, verdicts) in rules.sorted(by: { $0.key < $1.key }) {
        let missing = [RuleVerdict.pass, .fail, .notApplicable].filter { !verdicts.contains($0) }
        guard !missing.isEmpty else { continue }
        let words = missing.map { $0 == .notApplicable ? "not apply" : $0.rawValue }
        lines.append(
          "\(pack.displayString)/\(rule.displayString): no case makes it \(words.joined(separator: ", or "))")
      }
    }
  }
}
