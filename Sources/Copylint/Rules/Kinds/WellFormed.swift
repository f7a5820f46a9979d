/// The form of one member: what the API itself demands.
struct WellFormed: RuleKind {
  static let name: ByteString = "well-formed"
  static let summary = "whether a member is there, and its type, length and pattern"
  static let why = "what the API refuses is better refused here: with its place, and before anything is sent"
  static let example = """
    {"id": "target-model-name", "kind": "well-formed", "member": "targetModelName", "required": true, "type": "string",
     "minLength": 1, "maxLength": 63, "pattern": "([0-9a-zA-Z][_-]?){1,63}"}
    """

  /// A member of the request, or of every tag.
  enum Subject: String, CaseIterable, Sendable {
    case sourceModelArn
    case targetModelName
    case modelKmsKeyId
    case targetModelTags
    case clientRequestToken
    case tagKey = "targetModelTags[].key"
    case tagValue = "targetModelTags[].value"

    /// The member of the request itself; nil for one of its tags.
    var ofRequest: RequestMember? {
      switch self {
      case .sourceModelArn: .sourceModelArn
      case .targetModelName: .targetModelName
      case .modelKmsKeyId: .modelKmsKeyId
      case .targetModelTags: .targetModelTags
      case .clientRequestToken: .clientRequestToken
      case .tagKey, .tagValue: nil
      }
    }
  }

  /// The types of the API's members.
  enum ValueType: String, CaseIterable, Sendable {
    case string
    case array
  }

  var member: Subject?
  var required: Bool?
  var type: ValueType?
  var minLength: Int?
  var maxLength: Int?
  var pattern: Pattern?

  static let parameters = Shape<Self>()
    .word("member", { $0.member = $1 }, required: true, "the member")
    .boolean("required", { $0.required = $1 }, "whether it must be there; default false")
    .word("type", { $0.type = $1 }, required: true, "its type")
    .integer("minLength", { $0.minLength = $1 }, "least length: code points of a string, elements of an array")
    .integer("maxLength", { $0.maxLength = $1 }, "greatest length: code points of a string, elements of an array")
    .pattern("pattern", { $0.pattern = $1 }, "a pattern that the whole string must match")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard let member, let type, let node = rule["type"] else { return }
    let actual: ValueType = member == .targetModelTags ? .array : .string
    if type != actual {
      decoding.report("`\(member.rawValue)` is no \(type.rawValue)", help: "it is \(actual.rawValue)", at: node)
    }
    if type == .array, let pattern = rule["pattern"] {
      decoding.report("an array has no pattern", atKeyOf: pattern)
    }
    if let minLength, let maxLength, minLength > maxLength, let node = rule["minLength"] {
      decoding.report("`minLength` is greater than `maxLength`", at: node)
    }
  }

  func check(_ context: RequestContext) -> Outcome {
    guard let member else { return .pass }
    switch member {
    case .targetModelTags: return checkTags(context.request)
    case .tagKey: return checkEach(context.request, "key", \.key)
    case .tagValue: return checkEach(context.request, "value", \.value)
    default:
      return member.ofRequest.map { checkString($0, context.request) } ?? .pass
    }
  }

  private func checkString(_ member: RequestMember, _ request: CopyRequest) -> Outcome {
    switch request.string(member) {
    case .wrongType: return .unknown(.wrongType)
    case .absent:
      guard required == true else { return .notApplicable }
      return .fail(
        Violation(
          "`\(member.rawValue)` is missing", help: "add it; names of members are case-sensitive", missing: member))
    case .present(let value):
      let form = StringForm(noun: "`\(member.rawValue)`", minLength: minLength, maxLength: maxLength, pattern: pattern)
      guard let fault = form.fault(of: value) else { return .pass }
      var violation = Violation(fault.message, help: fault.help, member: member, value: value)
      if fault.isPattern, let part = ArnFault.find(in: value, of: member) {
        (violation.message, violation.help, violation.valueRange) = (part.message, part.help, part.range)
      }
      return .fail(violation.mended(by: .trimming(value)))
    }
  }

  private func checkTags(_ request: CopyRequest) -> Outcome {
    switch request.targetModelTags {
    case .wrongType: return .unknown(.wrongType)
    case .absent:
      guard required == true else { return .notApplicable }
      return .fail(Violation("`targetModelTags` is missing", help: "add it", missing: .targetModelTags))
    case .present(let tags):
      let count = ByteString(String(tags.count))
      if let maxLength, tags.count > maxLength {
        return .fail(
          Violation(
            "`targetModelTags` has \(tags.count) elements, at most \(maxLength) are allowed", help: "remove tags",
            member: .targetModelTags, value: count))
      }
      if let minLength, tags.count < minLength {
        return .fail(
          Violation(
            "`targetModelTags` has \(tags.count) elements, at least \(minLength) are required", help: "add tags",
            member: .targetModelTags, value: count))
      }
      return .pass
    }
  }

  private func checkEach(
    _ request: CopyRequest, _ name: ByteString, _ part: (Tag) -> Member<ByteString>
  ) -> Outcome {
    guard let count = request.tagCount else { return .unknown(.wrongType) }
    guard count > 0 else { return .notApplicable }
    let form = StringForm(
      noun: "the tag's `\(name.displayString)`", minLength: minLength, maxLength: maxLength, pattern: pattern)
    var outcome = Outcome()
    for tag in request.tags { check(tag, name, part(tag), form, &outcome) }
    return outcome
  }

  private func check(
    _ tag: Tag, _ name: ByteString, _ member: Member<ByteString>, _ form: StringForm, _ outcome: inout Outcome
  ) {
    switch member {
    case .wrongType: outcome.add(unknown: .wrongType)
    case .absent where tag.wrongType != nil: outcome.add(unknown: .wrongType)
    case .absent:
      guard required == true else { return }
      outcome.add(
        Violation(
          message: "the tag has no \(Escaping.quoted(name))", help: "add it; names of members are case-sensitive",
          pointer: tag.pointer(), subject: name))
    case .present(let value):
      guard let fault = form.fault(of: value) else { return }
      outcome.add(
        Violation(
          message: fault.message, help: fault.help, pointer: tag.pointer(name), subject: tag.key.value ?? name,
          value: value, fix: name == "value" ? .trimming(value) : nil))
    }
  }
}
