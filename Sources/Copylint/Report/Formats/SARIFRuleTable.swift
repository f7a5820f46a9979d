/// The rules that a SARIF run describes, and where in its list each stands.
struct SARIFRuleTable {
  private(set) var rules: [Report.Rule]
  /// Whether some rule has more tags than are written.
  let hasCutTags: Bool
  private var indices: [ByteString: Int]
  private let limits: SARIFLimits
  /// The rules that are described once something was found by them, because all of them are too many.
  private let onDemand: [ByteString: Report.Rule]

  /// The API's own page on the request, for a rule whose pack names none.
  private static let defaultPage = "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelCopyJob.html"

  init(_ rules: [Report.Rule], limits: SARIFLimits) {
    let named = Dictionary(rules.map { (ByteString($0.name), $0) }) { first, _ in first }
    let fits = rules.count <= limits.rules
    self.limits = limits
    self.rules = fits ? rules : []
    onDemand = fits ? [:] : named
    indices = fits ? Dictionary(rules.enumerated().map { (ByteString($1.name), $0) }) { first, _ in first } : [:]
    hasCutTags = rules.contains { Self.tags($0).count > limits.tags }
  }

  /// The index of a finding's rule, which is described if it is not yet; nil when there is no room for it.
  mutating func index(of finding: Finding) -> Int? {
    let name = ByteString(finding.rule)
    if let index = indices[name] { return index }
    guard rules.count < limits.rules else { return nil }
    rules.append(
      onDemand[name]
        ?? Report.Rule(name: finding.rule, kind: finding.kind, summary: finding.kind, severity: finding.severity))
    indices[name] = rules.count - 1
    return rules.count - 1
  }

  static func write(_ rule: Report.Rule, tags limit: Int, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", rule.name)
      writer.member("name", rule.name)
      writer.member("shortDescription") { $0.member("text", SARIFText.text(rule.summary)) }
      writer.member("fullDescription") { $0.member("text", SARIFText.text(rule.why ?? rule.summary)) }
      writer.member("help") { $0.member("text", SARIFText.text(help(rule))) }
      writer.member("helpUri", rule.url.flatMap { URIText.page($0) } ?? defaultPage)
      writer.member("defaultConfiguration") { $0.member("level", SARIFText.level(rule.severity)) }
      writer.member("properties") { writer in
        writer.member("tags", Array(tags(rule).prefix(limit)))
        writer.member("controls", rule.controls)
        writer.key("waivable")
        writer.bool(rule.isWaivable)
      }
    }
  }

  private static func tags(_ rule: Report.Rule) -> [String] { [rule.kind] + rule.controls }

  /// What to do, in the pack's words, or how to find out.
  private static func help(_ rule: Report.Rule) -> String {
    let summary = "\(rule.name): \(rule.summary)"
    let why = rule.why.map { "\nwhy: \($0)" } ?? ""
    let help = rule.help ?? "`copylint explain \(rule.name)` says what the rule takes"
    return "\(summary)\(why)\nhelp: \(help)"
  }
}
