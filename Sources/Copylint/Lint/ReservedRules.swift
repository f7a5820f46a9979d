/// The findings that no pack makes and no one can waive, override or leave out.
enum ReservedRules {
  static let kind = "request"
  /// First halves of rule names that no pack may have.
  static let packNames: [ByteString] = ["request", WaiverRule.pack, Baseline.pack]
  static let unknownMember = "request/unknown-member"
  static let wrongType = "request/wrong-type"
  static let targetConflict = "request/target-conflict"
  static let targetMalformed = "request/target-malformed"
  static let targetUndeclared = "request/target-undeclared"

  /// Every one, with what it is about.
  static let all: [(name: String, summary: String)] = [
    (targetConflict, "the target Region or account is declared twice, and differently"),
    (targetMalformed, "what is declared as the target Region or account cannot be one"),
    (targetUndeclared, "a rule needs the target Region or account, and nothing declares it"),
    (unknownMember, "a member that the API does not have; names are compared by bytes"),
    (wrongType, "a member whose type is not the API's; null is a type"),
  ]

  /// What the form of a request has against it, apart from its target.
  static func violations(_ copy: ProposedCopy) -> [(rule: String, violation: Violation)] {
    var found: [(rule: String, violation: Violation)] = []
    for violation in unknownMembers(copy) { found.append((unknownMember, violation)) }
    for violation in wrongTypes(copy) { found.append((wrongType, violation)) }
    return found
  }

  // MARK: Unknown members

  private static func unknownMembers(_ copy: ProposedCopy) -> [Violation] {
    let pointer = copy.requestPointer
    var found = unknown(
      in: copy.request.json, pointer, known: RequestMember.names, fixable: RequestMember.names,
      suggest: requestMemberHelp)
    if let envelope = copy.envelope {
      found += unknown(in: envelope, JSONPointer(), known: ProposedCopy.envelopeMembers, suggest: help)
      if let target = envelope["target"] {
        found += unknown(in: target, ProposedCopy.targetPointer, known: ProposedCopy.targetMembers, suggest: help)
      }
    }
    let tags = copy.request.json[RequestMember.targetModelTags.name]
    for index in 0..<(tags?.elementCount ?? 0) {
      guard let element = tags?.element(at: index), element.kind == .object else { continue }
      let place = pointer.appending(RequestMember.targetModelTags.name).appending(index)
      found += unknown(in: element, place, known: Tag.memberNames, fixable: Tag.memberNames, suggest: help)
    }
    return found
  }

  private static func unknown(
    in object: JSONValue, _ pointer: JSONPointer, known: [ByteString], fixable: [ByteString] = [],
    suggest: (ByteString, [ByteString]) -> String
  ) -> [Violation] {
    var found: [Violation] = []
    var spellings: [ByteString: Int]?
    object.forEachMember { key, value in
      guard !known.contains(key) else { return }
      // Counted once: a request may be made of nothing but spellings of one name.
      let counts = spellings ?? Self.spellings(in: object)
      spellings = counts
      found.append(
        Violation(
          message: "unknown member \(Escaping.quoted(key))", help: suggest(key, known),
          pointer: pointer.appending(key), part: .key, subject: key, value: value.string,
          fix: counts[key.asciiLowercased] == 1 ? rename(key, in: object, known: fixable) : nil))
    }
    return found
  }

  /// How often each name stands there, but for the case of ASCII letters.
  private static func spellings(in object: JSONValue) -> [ByteString: Int] {
    var counts: [ByteString: Int] = [:]
    object.forEachMember { key, _ in counts[key.asciiLowercased, default: 0] += 1 }
    return counts
  }

  /// The member that is meant, but for the case of ASCII letters, unless it is there too.
  private static func rename(_ name: ByteString, in object: JSONValue, known: [ByteString]) -> FixProposal? {
    let folded = name.asciiLowercased
    guard let meant = known.first(where: { $0.asciiLowercased == folded }), object[meant] == nil else { return nil }
    return .renameMember(to: meant)
  }

  private static func help(_ name: ByteString, _ known: [ByteString]) -> String {
    lookalike(name, known) ?? Suggestion.help(for: name, amongAll: known, called: "members")
  }

  private static func requestMemberHelp(_ name: ByteString, _ known: [ByteString]) -> String {
    let folded = name.asciiLowercased
    if let alias = RequestMember.aliases.first(where: { $0.name.asciiLowercased == folded }) {
      return "did you mean `\(alias.member.rawValue)`?"
    }
    if let help = lookalike(name, known) { return help }
    if folded == "requestparameters" || folded == "input" {
      return "put the request itself here, not what wraps it in a log or a workflow"
    }
    return Suggestion.help(for: name, amongAll: known, called: "members")
  }

  /// A name that looks like a member and is not it by bytes, such as one with U+212A for `K`.
  private static func lookalike(_ name: ByteString, _ known: [ByteString]) -> String? {
    guard name.bytes.contains(where: { $0 >= 0x80 }), let near = Suggestion.nearest(to: name, among: known),
      let odd = name.displayString.unicodeScalars.first(where: { !$0.isASCII })
    else { return nil }
    let code = String(odd.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
    return "did you mean \(Escaping.quoted(near))? the name holds U+\(padded)"
  }

  // MARK: Wrong types

  private static func wrongTypes(_ copy: ProposedCopy) -> [Violation] {
    let request = copy.request
    var found: [Violation] = []
    for member in RequestMember.allCases {
      guard let value = request.json[member.name] else { continue }
      let expected: JSONValue.Kind = member == .targetModelTags ? .array : .string
      guard value.kind != expected else { continue }
      let pointer = copy.requestPointer.appending(member.name)
      found.append(wrong(member.name, expected, value.kind, pointer, help: hint(member, value.kind)))
    }
    for tag in request.tags { found += wrongTypes(tag, copy.requestPointer) }
    return found + wrongTargetTypes(copy)
  }

  private static func wrongTypes(_ tag: Tag, _ base: JSONPointer) -> [Violation] {
    let pointer = base.appending(tag.pointer())
    if let kind = tag.wrongType {
      let help = "write `{\"key\": …, \"value\": …}`"
      return [wrong("element of targetModelTags", .object, kind, pointer, help: help)]
    }
    var found: [Violation] = []
    if case .wrongType(let kind) = tag.key {
      found.append(wrong("key", .string, kind, pointer.appending("key"), help: nil))
    }
    if case .wrongType(let kind) = tag.value {
      found.append(wrong("value", .string, kind, pointer.appending("value"), help: nil))
    }
    return found
  }

  private static func wrongTargetTypes(_ copy: ProposedCopy) -> [Violation] {
    guard let target = copy.envelope?["target"] else { return [] }
    guard target.kind == .object else {
      return [wrong("target", .object, target.kind, ProposedCopy.targetPointer, help: "write `{\"region\": …}`")]
    }
    return ProposedCopy.targetMembers.compactMap { name in
      guard let value = target[name], value.kind != .string else { return nil }
      let help = value.kind == .integer ? "put the digits in quotes" : nil
      return wrong(name, .string, value.kind, ProposedCopy.targetPointer.appending(name), help: help)
    }
  }

  private static func hint(_ member: RequestMember, _ kind: JSONValue.Kind) -> String? {
    switch (member, kind) {
    case (.targetModelTags, .object): "write a list of `{\"key\": …, \"value\": …}`, not a map"
    case (_, .null): "leave the member out"
    default: nil
    }
  }

  private static func wrong(
    _ name: ByteString, _ expected: JSONValue.Kind, _ found: JSONValue.Kind, _ pointer: JSONPointer, help: String?
  ) -> Violation {
    let noun = { (kind: JSONValue.Kind) in
      switch kind {
      case .array, .object: "an \(kind.rawValue)"
      case .null: "null"
      case .integer, .real: "a number"
      case .boolean, .string: "a \(kind.rawValue)"
      }
    }
    let form =
      switch (expected, found) {
      case (.string, .array): "give one value, not a list"
      case (.string, _): "text stands in double quotes"
      case (.array, _): "a list stands in `[` and `]`"
      default: "members stand in `{` and `}`"
      }
    return Violation(
      message: "\(Escaping.quoted(name)) is \(noun(found)), expected \(noun(expected))", help: help ?? form,
      pointer: pointer, subject: name, value: ByteString(found.rawValue))
  }
}
