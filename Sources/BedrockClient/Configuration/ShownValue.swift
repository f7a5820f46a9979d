/// A value of the user's within a message: in backticks, its control bytes and whatever is not printable ASCII escaped,
/// cut where it is longer than `limit` code points.
struct ShownValue: CustomStringConvertible {
  let description: String

  init(_ value: String, limit: Int = 80) {
    var shown = "`"
    for scalar in value.unicodeScalars.prefix(limit) {
      shown +=
        (0x20...0x7E).contains(scalar.value) && scalar != "`"
        ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    description = shown + (value.unicodeScalars.count > limit ? "…`" : "`")
  }

  private init(shown: String) { description = shown }

  /// A URL without what may hold secrets: credentials before the host, a query and a fragment.
  static func url(_ text: String) -> ShownValue {
    let visible = text.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard !visible.contains(UInt8(ascii: "@")) else { return ShownValue(shown: "with credentials in it") }
    return ShownValue(String(Substring(visible)))
  }
}
