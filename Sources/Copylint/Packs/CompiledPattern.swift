import CRE2

/// A compiled RE2 pattern; owns it.
final class CompiledPattern: Sendable {
  // RE2 objects are safe to match from several threads; this one is freed once, here.
  private nonisolated(unsafe) let pattern: OpaquePointer

  /// Memory for the automata of one pattern: enough for the API's own with their counted repeats.
  private static let maxMemory: Int64 = 8 << 20

  /// Throws what RE2 has against it.
  init(_ source: ByteString) throws(PatternRefusal) {
    var error = cre2_error()
    let compiled = source.bytes.withUnsafeBytes { buffer in
      cre2_compile(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, Self.maxMemory, &error)
    }
    guard let compiled else { throw PatternRefusal(error) }
    pattern = compiled
  }

  deinit { cre2_free(pattern) }

  /// Whether RE2 surely takes a pattern, told by reading it alone. False says nothing: compiling it does.
  static func takesAtOnce(_ source: ByteString) -> Bool {
    // Without counted repeats so short a pattern stays far below the memory that there is, however large its classes are.
    guard source.count <= 256, !source.bytes.contains(UInt8(ascii: "{")) else { return false }
    return source.bytes.withUnsafeBytes { buffer in
      cre2_is_valid(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count) == 1
    }
  }

  /// Whether the whole value matches.
  func matches(_ value: ByteString) -> Bool {
    value.bytes.withUnsafeBufferPointer { matches($0) }
  }

  /// The same for bytes in place.
  func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    // RE2 wants a pointer even for no bytes.
    guard let start = value.baseAddress else { return cre2_full_match(pattern, "", 0) == 1 }
    return cre2_full_match(pattern, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), value.count) == 1
  }
}

/// RE2's reason to refuse a pattern, in plain words.
struct PatternRefusal: Error {
  /// What is wrong.
  var message: String
  /// What to write instead.
  var help: String?
  /// The part of the pattern it is about.
  var fragment: ByteString

  fileprivate init(_ error: cre2_error) {
    let text = Self.text(of: error.message)
    fragment = ByteString(Self.text(of: error.fragment))
    (message, help) = Self.plainWords(code: error.code, text: text, fragment: fragment)
  }

  /// The codes are RE2::ErrorCode (re2/re2.h); the shim does not build where they are others.
  private static func plainWords(code: Int32, text: String, fragment: ByteString) -> (String, String?) {
    let shown = Escaping.quoted(fragment)
    switch code {
    case 2: return backslash(fragment)
    case 3, 4: return ("\(shown) is not a character class", "ranges go from the lower to the higher character")
    case 5: return ("a `[` is not closed", "write `\\[` for the character itself")
    case 6: return ("a `(` is not closed", "write `\\(` for the character itself")
    case 7: return ("a `)` was never opened", "write `\\)` for the character itself")
    case 8: return ("the pattern ends with a lone backslash", "write `\\\\` for the character itself")
    case 9: return ("\(shown) repeats nothing", "write a backslash before it for the character itself")
    case 10: return ("\(shown) repeats too often", "a repeat count over 1,000 is not supported")
    case 11: return ("\(shown) repeats a repeat", "write only one of them, or use a group")
    case 12: return group(fragment)
    case 13: return ("the pattern is not UTF-8", "save the pack as UTF-8")
    case 14: return ("\(shown) is not a name for a group", nil)
    case 15: return ("the pattern is too large", "write fewer or smaller repeat counts")
    case -1: return ("the pattern needs too much memory", "write fewer or smaller repeat counts")
    default: return ("the pattern is refused: \(Escaping.visible(text))", nil)
    }
  }

  private static func backslash(_ fragment: ByteString) -> (String, String?) {
    guard let last = fragment.bytes.last, (0x31...0x39).contains(last) else {
      return ("\(Escaping.quoted(fragment)) is not an escape", "write `\\\\` for a backslash")
    }
    return (
      "\(Escaping.quoted(fragment)) is a backreference, which is not supported",
      "patterns are matched in linear time; spell the alternatives out, or use `${field}`"
    )
  }

  private static func group(_ fragment: ByteString) -> (String, String?) {
    let isLook = ["(?=", "(?!", "(?<"].contains { fragment.starts(with: ByteString($0)) }
    guard isLook else { return ("\(Escaping.quoted(fragment)) is not a kind of group", "use `(?:…)`") }
    return (
      "\(Escaping.quoted(fragment)) looks ahead or behind, which is not supported",
      "patterns are matched in linear time; use `forbid`, or a rule of its own"
    )
  }

  /// A C array of characters as text.
  private static func text<Tuple>(of characters: Tuple) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
