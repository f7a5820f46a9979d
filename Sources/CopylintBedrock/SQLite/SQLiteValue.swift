/// What is bound to a statement's parameter.
enum SQLiteValue {
  case null
  case integer(Int64)
  case text(String)

  /// Text, or null where there is none.
  static func text(orNull text: String?) -> SQLiteValue { text.map(SQLiteValue.text) ?? .null }
}
