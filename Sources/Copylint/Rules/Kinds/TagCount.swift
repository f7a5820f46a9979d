/// How many tags a request may have.
struct TagCount: RuleKind {
  static let name: ByteString = "tag-count"
  static let summary = "the number of tags, at least and at most"
  static let why = "the service takes 50 tags a resource; a budget leaves room for those that others add later"
  static let example = """
    {"id": "tag-budget", "kind": "tag-count", "max": 40}
    """

  var min: Int?
  var max: Int?

  static let parameters = Shape<Self>()
    .integer("min", { $0.min = $1 }, "the least number of tags")
    .integer("max", { $0.max = $1 }, "the greatest number of tags")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    if rule["min"] == nil, rule["max"] == nil {
      decoding.report("neither `min` nor `max`", help: "give at least one of them", at: rule.node)
    }
    guard let min, let max, min > max, let node = rule["min"] else { return }
    decoding.report("`min` is greater than `max`", help: "no number of tags is both", at: node)
  }

  func check(_ context: RequestContext) -> Outcome {
    guard let count = context.request.tagCount else { return .unknown(.wrongType) }
    if let max, count > max {
      return .fail(violation(count, Self.tooMany(Self.shown(String(count)), max), Self.tooManyHelp, context))
    }
    if let min, count < min {
      return .fail(violation(count, Self.tooFew(Self.shown(String(count)), min), Self.tooFewHelp, context))
    }
    return .pass
  }

  private func violation(_ count: Int, _ message: String, _ help: String, _ context: RequestContext) -> Violation {
    let tags = RequestMember.targetModelTags
    let isAbsent = context.request.targetModelTags.isAbsent
    return Violation(
      message: message, help: help,
      pointer: JSONPointer(isAbsent ? [] : [.key(tags.name)]), subject: tags.name, value: ByteString(String(count)))
  }
}

/// What is said of a number of tags that is not allowed; `count` is `shown`.
extension TagCount {
  static let tooManyHelp = "remove tags that nothing reads"
  static let tooFewHelp = "add tags"

  /// Of the digits of a number.
  static func shown(_ count: String) -> String { count == "1" ? "1 tag" : "\(count) tags" }

  static func tooMany(_ count: String, _ max: Int) -> String { "the request has \(count), at most \(max) are allowed" }

  static func tooFew(_ count: String, _ min: Int) -> String { "the request has \(count), at least \(min) are required" }
}
