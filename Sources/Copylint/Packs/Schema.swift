/// The part of JSON Schema (draft 2020-12) that packs and the configuration need.
indirect enum Schema: Sendable {
  case string
  /// A string of this form, by a regular expression.
  case formatted(String)
  case integer(ClosedRange<Int>)
  case boolean
  /// A string, which may be empty, or null.
  case nullableText
  case choice([String])
  case array(Schema)
  /// The same, and it may be empty.
  case list(Schema)
  case object([Member])
  /// An object whose member names are the user's.
  case map(Schema)
  case anyOf([Schema])
  /// A definition of the whole schema, by name.
  case reference(String)

  /// A member of an object.
  struct Member: Sendable {
    var name: String
    var summary: String
    var isRequired: Bool
    var schema: Schema
  }

  /// One or more strings, each a glob or `@set`.
  static let strings = Schema.array(.string)
}

extension Schema.Member {
  init(_ member: ShapeMember) {
    self.init(
      name: member.name.description, summary: member.summary, isRequired: member.isRequired, schema: member.schema())
  }
}
