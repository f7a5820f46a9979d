/// The length and pattern of a string, and what to say when it has another form.
struct StringForm {
  /// What the string is called in a message.
  var noun: String
  var minLength: Int?
  var maxLength: Int?
  var pattern: Pattern?

  /// What is wrong.
  struct Fault {
    var message: String
    var help: String
    /// Whether the lengths are right, and only the pattern does not match.
    var isPattern: Bool
  }

  /// Nil when nothing is wrong. Lengths are in code points, as the API counts them.
  func fault(of value: ByteString) -> Fault? {
    let count = value.codePointCount
    let characters = count == 1 ? "character" : "characters"
    if let maxLength, count > maxLength {
      return Fault(
        message: "\(noun) has \(count) \(characters), at most \(maxLength) are allowed",
        help: "shorten it by \(count - maxLength)", isPattern: false)
    }
    if let minLength, count < minLength {
      return Fault(
        message: count == 0
          ? "\(noun) is empty" : "\(noun) has \(count) \(characters), at least \(minLength) are required",
        help: "use \(minLength) or more characters", isPattern: false)
    }
    guard let pattern, !pattern.matches(value) else { return nil }
    return Fault(
      message: "\(noun) is \(Escaping.quoted(value)), which does not have the form that the API takes",
      help: "the whole value must match \(Escaping.quoted(pattern.source))", isPattern: true)
  }
}
