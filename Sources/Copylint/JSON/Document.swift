import CJansson
import Synchronization

// @unchecked: jansson's values are not thread-safe to change or to count references of; a tree is never changed,
// no reference is counted once it is made, and reading a tree that nobody changes is safe from any thread.
/// An immutable tree of JSON values, parsed by jansson.
///
/// Owns the jansson value: freed when the last view of it is gone.
public final class Document: @unchecked Sendable {
  /// The text it was parsed from.
  public let text: JSONText
  private let json: Mutex<Tree>
  private let map = Mutex<SourceMap?>(nil)

  /// Parses a text. Throws where it is not JSON that we accept: anything RFC 8259 forbids, duplicate names, NUL even
  /// when escaped, half surrogates, numbers that 64 bits do not hold, and anything beyond the limits.
  public init(_ text: JSONText, limits: JSONLimits = JSONLimits()) throws(Diagnostic) {
    try JSONScanner.validate(text, limits: limits)
    var error = json_error_t()
    guard let parsed = Self.parse(text, &error) else {
      throw RefusedText.diagnostic(text, position: Int(error.position))
    }
    self.text = text
    json = Mutex(Tree(root: parsed))
  }

  /// A text that `RequestScanner` took, or one of our own: it is parsed when its values are asked for, which of most
  /// requests they never are.
  init(known text: JSONText) {
    self.text = text
    json = Mutex(Tree(root: nil))
  }

  private struct Tree: @unchecked Sendable {
    var root: UnsafeMutablePointer<json_t>?
  }

  /// What jansson's hash tables are keyed with. It would take that from /dev/urandom, or from the clock where there is none,
  /// as in an empty root.
  private static let seeded: Void = json_object_seed(Int.random(in: 1...Int.max))

  /// The same tree, sooner.
  private static func parseKnown(_ text: JSONText) -> UnsafeMutablePointer<json_t>? {
    _ = seeded
    let tree = text.file.bytes.withUnsafeBufferPointer { bytes in
      JSONTreeReader.tree(of: UnsafeBufferPointer(rebasing: bytes[text.range]))
    }
    if let tree { return tree }
    var error = json_error_t()
    return parse(text, &error)
  }

  private static func parse(_ text: JSONText, _ error: inout json_error_t) -> UnsafeMutablePointer<json_t>? {
    _ = seeded
    let flags = Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY)
    return text.file.bytes.withUnsafeBytes { buffer in
      let slice = UnsafeRawBufferPointer(rebasing: buffer[text.range])
      return json_loadb(slice.baseAddress, slice.count, flags, &error)
    }
  }

  deinit {
    // json_decref is an inline function of the header that frees at zero.
    json.withLock { json_decref($0.root) }
  }

  /// The outermost value.
  public var root: JSONValue {
    let tree = json.withLock { tree in
      if tree.root == nil { tree.root = Self.parseKnown(text) }
      return tree
    }
    // INVARIANT: the scanner takes nothing that jansson refuses, and tests read the packs that are built in.
    guard let root = tree.root else { preconditionFailure("a known text is no JSON") }
    return JSONValue(document: self, json: root)
  }

  /// Where a value, or a member's name, stands in the file; what encloses it where there is no such value.
  func place(of pointer: JSONPointer, _ part: SourceMap.Part = .value) -> Place {
    var pointer = pointer
    var part = part
    while true {
      if let range = range(of: pointer, part) { return Place(file: text.file, range: range) }
      guard !pointer.tokens.isEmpty else { return Place(file: text.file, range: text.range) }
      pointer.tokens.removeLast()
      part = .value
    }
  }

  /// The bytes of a value, or of a member's name, quotes included; nil where there is no such value.
  func range(of pointer: JSONPointer, _ part: SourceMap.Part) -> Range<Int>? {
    map.withLock { map in
      // Made by the first finding, and kept: a request with one finding often has more.
      if map == nil { map = SourceMap(text) }
      return map?.range(of: pointer, part)
    }
  }
}
