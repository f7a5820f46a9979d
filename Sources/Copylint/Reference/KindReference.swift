/// The reference page of a rule kind, from what the kind declares.
struct KindReference {
  static func lines(_ kind: any RuleKind.Type) -> [String] {
    let name = kind.name.displayString
    var lines = ["\(name): \(kind.summary)", "", "Why", "  \(kind.why)", "", "Parameters"]
    lines += table(kind.parameterSchema)
    lines += ["", "Example"]
    lines += kind.example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    let stages = kind.defaultStages.map(\.rawValue).joined(separator: ", ")
    lines += ["", "Runs at \(stages) unless `at` says otherwise."]
    return lines + ["", "What every rule may have"] + table(RuleSettings.shape.schema)
  }

  private static func table(_ members: [Schema.Member], indent: String = "  ") -> [String] {
    guard !members.isEmpty else { return ["\(indent)none"] }
    let width = members.map(\.name.count).max() ?? 0
    return members.flatMap { member in
      let name = member.name + String(repeating: " ", count: width - member.name.count)
      let need = member.isRequired ? ", required" : ""
      return ["\(indent)\(name)  \(type(member.schema))\(need): \(member.summary)"]
        + table(of: member.schema, indent: indent + "  ")
    }
  }

  /// The members of the objects that a parameter is made of.
  private static func table(of schema: Schema, indent: String) -> [String] {
    switch schema {
    case .object(let members): table(members, indent: indent)
    case .map(let element), .array(let element), .list(let element): table(of: element, indent: indent)
    default: []
    }
  }

  private static func type(_ schema: Schema) -> String {
    switch schema {
    case .string, .formatted: "string"
    case .integer: "number"
    case .boolean: "true or false"
    case .choice(let words): words.count > 4 ? "word" : words.map { "`\($0)`" }.joined(separator: " or ")
    case .nullableText: "string or null"
    case .array(let element), .list(let element): "list of \(plural(element))"
    case .object, .map: "object"
    case .anyOf(let schemas): schemas.map(type).joined(separator: " or ")
    case .reference(let name): name
    }
  }

  private static func plural(_ schema: Schema) -> String {
    switch schema {
    case .object, .map: "objects"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    default: "strings"
    }
  }
}
