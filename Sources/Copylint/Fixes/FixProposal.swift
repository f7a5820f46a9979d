/// What a rule proposes to mend a violation, in terms of the request's JSON: which bytes that takes is not its business.
struct FixProposal: Sendable {
  /// What changes at the element that the violation is about.
  enum Change: Sendable {
    /// The member gets another name.
    case rename(to: ByteString)
    /// The string gets another value.
    case replace(with: ByteString)
    /// The string loses the white space at its ends.
    case trim
    /// The array gets one more tag; an object, which lacks the array, gets it with that tag.
    case appendTag(key: ByteString, value: ByteString)
  }

  var safety: Fix.Safety
  /// In the form of a command: ``rename the key to `Owner` ``.
  var summary: String
  var change: Change
}

extension FixProposal {
  /// A member whose name is right but for the case of ASCII letters.
  static func renameMember(to name: ByteString) -> FixProposal {
    FixProposal(safety: .safe, summary: "rename the member to \(Escaping.quoted(name))", change: .rename(to: name))
  }

  /// A string with white space around what is meant; nil where there is none, or nothing else. White space is the
  /// ASCII that the API's patterns take for it: U+0009 to U+000D and the space.
  static func trimming(_ value: ByteString?) -> FixProposal? {
    guard let value, let first = value.bytes.first, let last = value.bytes.last else { return nil }
    guard isWhiteSpace(first) || isWhiteSpace(last), !value.bytes.allSatisfy(isWhiteSpace) else { return nil }
    return FixProposal(safety: .unsafe, summary: "remove the white space around the value", change: .trim)
  }

  /// Whether a byte is white space within a value.
  static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension Violation {
  /// The same violation with what would mend it.
  func mended(by fix: FixProposal?) -> Violation {
    var violation = self
    violation.fix = fix
    return violation
  }
}
