/// Prints the JSON Schema (draft 2020-12) of packs and of the configuration, from the shapes that decode them.
public enum SchemaPrinter {
  /// The schema of a pack file.
  public static var packs: String {
    document(title: "copylint rule pack", PackContents.shape.schema) { writer in
      writer.key("rule")
      rule(&writer)
      writer.key("condition")
      condition(&writer)
    }
  }

  /// The schema of `.copylint.json`.
  public static var configuration: String {
    document(title: "copylint configuration", Configuration.shape.schema) { _ in }
  }

  /// The schema of a file of waivers.
  public static var waivers: String { document(title: "copylint waivers", WaiverFile.shape.schema) { _ in } }

  private static func document(
    title: String, _ members: [Schema.Member], definitions: (inout JSONWriter) -> Void
  ) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      writer.member("title", title)
      object(members, &writer)
      writer.key("$defs")
      writer.object { definitions(&$0) }
    }
    return JSONIndentation.indented(writer.bytes)
  }

  /// A rule has what every rule has, and the parameters of its kind.
  private static func rule(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("type", "object")
      writer.member("required", ["id", "kind"])
      writer.key("oneOf")
      writer.array { writer in
        for kind in Registry.kinds {
          writer.object { writer in
            writer.member("description", kind.summary)
            let common = RuleSettings.shape.schema.map { member in
              var member = member
              if member.name == "kind" { member.schema = .choice([kind.name.displayString]) }
              return member
            }
            object(common + kind.parameterSchema, &writer)
          }
        }
      }
    }
  }

  private static func object(_ members: [Schema.Member], _ writer: inout JSONWriter) {
    writer.member("type", "object")
    writer.key("properties")
    writer.object { writer in
      for member in members {
        writer.key(member.name)
        writer.object { writer in
          writer.member("description", member.summary)
          contents(member.schema, &writer)
        }
      }
      writer.key("$comment")
      writer.object { _ in }
    }
    let required = members.filter(\.isRequired).map(\.name)
    if !required.isEmpty { writer.member("required", required) }
    writer.key("additionalProperties")
    writer.bool(false)
  }

  private static func value(_ schema: Schema, _ writer: inout JSONWriter) {
    writer.object { contents(schema, &$0) }
  }

  private static func contents(_ schema: Schema, _ writer: inout JSONWriter) {
    switch schema {
    case .string:
      writer.member("type", "string")
      writer.member("minLength", 1)
    case .formatted(let pattern):
      writer.member("type", "string")
      writer.member("pattern", pattern)
    case .integer(let range):
      writer.member("type", "integer")
      writer.member("minimum", range.lowerBound)
      if range.upperBound < .max { writer.member("maximum", range.upperBound) }
    case .boolean: writer.member("type", "boolean")
    case .nullableText: writer.member("type", ["string", "null"])
    case .choice(let words): writer.member("enum", words)
    case .array(let element):
      writer.member("type", "array")
      writer.member("minItems", 1)
      writer.key("items")
      value(element, &writer)
    case .list(let element):
      writer.member("type", "array")
      writer.key("items")
      value(element, &writer)
    case .object(let members): object(members, &writer)
    case .map(let element):
      writer.member("type", "object")
      writer.member("minProperties", 1)
      writer.key("additionalProperties")
      value(element, &writer)
    case .anyOf(let schemas):
      guard !schemas.isEmpty else { return }
      writer.key("anyOf")
      writer.array { writer in for schema in schemas { value(schema, &writer) } }
    case .reference(let name): writer.member("$ref", "#/$defs/\(name)")
    }
  }

  /// Conditions are recursive, and their member names are fields.
  private static func condition(_ writer: inout JSONWriter) {
    let condition = Schema.reference("condition")
    writer.object { writer in
      writer.member("type", "object")
      writer.member("minProperties", 1)
      writer.key("properties")
      writer.object { writer in
        for name in ["all", "any"] {
          writer.key(name)
          value(.array(condition), &writer)
        }
        writer.key("not")
        value(condition, &writer)
        writer.key("$comment")
        writer.object { _ in }
      }
      writer.key("patternProperties")
      writer.object { writer in
        let names = Field.names.map(\.displayString).filter { $0 != "tags.Key" }
        let alternatives = names.map { $0.split(separator: ".").joined(separator: "[.]") } + ["tags[.].+"]
        writer.key("^(\(alternatives.joined(separator: "|")))$")
        writer.object { writer in
          writer.member("description", "a glob, a list of which one must match, a number, or an object of parts")
        }
      }
      writer.key("additionalProperties")
      writer.bool(false)
    }
  }
}
