@testable import Copylint

/// Fixes requests in memory, as a run does with files.
struct Fixing {
  private let rules: RuleSet
  private let isUnsafeAllowed: Bool
  private let linter = Linter(today: CalendarDate(secondsSinceEpoch: 1_795_392_000))
  private let reader: RequestReader
  private let input = Linter.Input(path: "input.json", policyPath: "input.json", declarations: [])

  struct Fixed {
    var bytes: [UInt8]
    var mended: Int
  }

  init(_ rules: RuleSet, isUnsafeAllowed: Bool = true, isLines: Bool = false) {
    (self.rules, self.isUnsafeAllowed) = (rules, isUnsafeAllowed)
    reader = RequestReader(isLines: isLines, limits: JSONLimits())
  }

  /// A pack beside `bedrock-api`; without rules, that alone.
  init(pack: String? = nil, isUnsafeAllowed: Bool = true, isLines: Bool = false) {
    let rules = pack.map { Judging.ruleSet($0) } ?? Judging.ruleSet([:], roots: [])
    self.init(rules.rules, isUnsafeAllowed: isUnsafeAllowed, isLines: isLines)
  }

  func fix(_ bytes: [UInt8]) throws -> Fixed {
    var edits: [Fix.Edit] = []
    var mended = 0
    for text in (try? reader.texts(SourceFile(path: "input.json", bytes: bytes))) ?? [] {
      let fixer = RequestFixer(isUnsafeAllowed: isUnsafeAllowed) {
        linter.trial(of: $0, inPlaceOf: nil, input, rules, limits: JSONLimits())
      }
      guard let fixed = fixer.fix(text) else { continue }
      edits.append(Fix.Edit(range: text.range, replacement: fixed.text.file.bytes))
      mended += fixed.mended
    }
    return Fixed(bytes: Fix.applying(edits, to: bytes), mended: mended)
  }

  func fix(_ text: String) throws -> String { String(decoding: try fix(Array(text.utf8)).bytes, as: UTF8.self) }

  /// How many findings there are; throws where a request cannot be read.
  func findings(_ bytes: [UInt8]) throws -> Int {
    try reader.texts(SourceFile(path: "input.json", bytes: bytes)).reduce(0) {
      $0 + linter.trial(of: $1, inPlaceOf: nil, input, rules, limits: JSONLimits()).findings.count
    }
  }

  /// What the first finding with something to say of a fix says.
  func notes(_ text: String) -> [String] {
    var linter = linter
    let request = linter.judge(
      JSONText(SourceFile(path: "input.json", bytes: Array(text.utf8))), input, rules, limits: JSONLimits())
    return request.findings.compactMap(\.fixNote)
  }
}
