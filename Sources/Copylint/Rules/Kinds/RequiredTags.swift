/// Tag keys that a request must have, and what their values may be.
struct RequiredTags: RuleKind {
  static let name: ByteString = "required-tags"
  static let summary = "tag keys that must be there, in exactly this case, with a value that is allowed"
  static let why = "cost reports, access by tags and clean-up all read tags; a copy without them belongs to nobody"
  static let example = """
    {"id": "ownership-tags", "kind": "required-tags",
     "tags": {"Owner": {}, "CostCenter": {"pattern": "CC-[0-9]{4}"}, "Environment": {"values": ["dev", "prod"]}}}
    """

  /// What is demanded of one key.
  struct Demand: Sendable {
    var key: ByteString = ""
    var values: GlobList?
    var pattern: Pattern?
    var patterns: PatternAlternatives?
    var defaultValue: ByteString?

    static let shape = Shape<Demand>()
      .globs("values", { $0.values = $1 }, "allowed values: globs, or `@set`")
      .pattern("pattern", { $0.pattern = $1 }, "a pattern that the whole value must match")
      .patterns("patterns", { $0.patterns = $1 }, "patterns, one of which the whole value must match")
      .text("default", { $0.defaultValue = $1 }, "the value a fix gives a missing tag")
  }

  var tags: [Demand]?

  static let parameters = Shape<Self>()
    .member(
      name: "tags", summary: "the keys, each with what its value must be; `{}` takes any value", isRequired: true,
      schema: .map(.object(Demand.shape.schema)), decode: decodeTags)

  private static let decodeTags: @Sendable (Node, inout RequiredTags, Decoding) -> Void = { node, kind, decoding in
    guard let members = decoding.object(node) else { return }
    if members.isEmpty {
      decoding.report("no tag keys", help: "name at least one key, such as `\"Owner\": {}`", at: node)
    }
    kind.tags = members.map { member in
      var demand = Demand(key: member.key)
      Demand.shape.decode(member, into: &demand, decoding)
      return demand
    }
  }

  func check(_ context: RequestContext) -> Outcome {
    var outcome = Outcome()
    for demand in tags ?? [] { check(demand, context, &outcome) }
    return outcome
  }

  private func check(_ demand: Demand, _ context: RequestContext, _ outcome: inout Outcome) {
    switch context.value(of: .tag(demand.key)) {
    case .unknown(let causes): outcome.add(unknown: causes)
    case .text(let value): check(value, demand, context, &outcome)
    case .absent, .present, .number: outcome.add(missing(demand, context.request))
    }
  }

  private func check(_ value: ByteString, _ demand: Demand, _ context: RequestContext, _ outcome: inout Outcome) {
    guard let tag = context.request.tag(withKey: demand.key) else { return }
    outcome.require(
      (demand.values?.matches(value, in: context) ?? .yes) && demand.pattern?.truth(value, in: context)
        && demand.patterns?.truth(value, in: context),
      orElse: Violation(
        demand.wrongValue(Escaping.quoted(value)), help: demand.wrongValueHelp, valueOf: tag
      ).mended(by: .trimming(value)))
  }

  private func missing(_ demand: Demand, _ request: CopyRequest) -> Violation {
    let otherCase = request.tags.filter { $0.key.value?.asciiLowercased == demand.key.asciiLowercased }
    if let tag = otherCase.first, let found = tag.key.value {
      var violation = Violation(demand.missing(Escaping.quoted(found)), help: demand.otherCaseHelp, keyOf: tag)
      violation.subject = demand.key
      return violation.mended(by: otherCase.count == 1 ? Self.rename(to: demand.key) : nil)
    }
    let hasTags = !request.targetModelTags.isAbsent
    let pointer = JSONPointer(hasTags ? [.key(RequestMember.targetModelTags.name)] : [])
    return Violation(
      message: demand.missing(), help: demand.missingHelp, pointer: pointer, subject: demand.key,
      fix: Self.add(demand, request))
  }

  // MARK: Fixes

  private static func rename(to key: ByteString) -> FixProposal {
    FixProposal(safety: .unsafe, summary: "rename the key to \(Escaping.quoted(key))", change: .replace(with: key))
  }

  /// Nil without a default, and where the tags stand in a member of another case: there would be two lists then.
  private static func add(_ demand: Demand, _ request: CopyRequest) -> FixProposal? {
    guard let value = demand.defaultValue else { return nil }
    let name = RequestMember.targetModelTags.name
    let isSpelledOtherwise = request.json.members.contains {
      $0.key != name && $0.key.asciiLowercased == name.asciiLowercased
    }
    guard !isSpelledOtherwise else { return nil }
    return FixProposal(
      safety: .unsafe, summary: "add the tag \(Escaping.quoted(demand.key)) with the value \(Escaping.quoted(value))",
      change: .appendTag(key: demand.key, value: value))
  }
}

/// What is said of a demand that is not met. Values of the request come as they are shown.
extension RequiredTags.Demand {
  func wrongValue(_ value: String) -> String {
    "tag \(Escaping.quoted(key)) has the value \(value), which is not allowed"
  }

  var wrongValueHelp: String {
    var parts: [String] = []
    if let values { parts.append("is one of \(values.summary)") }
    if let pattern { parts.append("matches \(Escaping.quoted(pattern.source))") }
    if let patterns {
      parts.append("matches \(patterns.summary)")
    }
    return "use a value that " + parts.joined(separator: " and ")
  }

  /// Where the key stands there in another case, `found` is that.
  func missing(_ found: String? = nil) -> String {
    let message = "tag \(Escaping.quoted(key)) is missing"
    return found.map { "\(message); \($0) is another key" } ?? message
  }

  var otherCaseHelp: String { "rename the key to \(Escaping.quoted(key))" }

  var missingHelp: String {
    let value = Escaping.quoted(defaultValue ?? "…").dropFirst().dropLast()
    return "add `{\"key\": \"\(Escaping.visible(key.bytes))\", \"value\": \"\(value)\"}` to `targetModelTags`"
  }
}
