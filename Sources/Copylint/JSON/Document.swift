import CJansson
import Synchronization

// @unchecked: jansson's values are not thread-safe to change or to count references of; this tree is never changed,
// no reference is counted after `init`, and reading a tree that nobody changes is safe from any thread.
/// An immutable tree of JSON values, parsed by jansson.
///
/// Owns the jansson value: freed when the last view of it is gone.
public final class Document: @unchecked Sendable {
  /// The text it was parsed from.
  public let text: JSONText
  private let json: UnsafeMutablePointer<json_t>
  private let map = Mutex<SourceMap?>(nil)

  /// Parses a text. Throws where it is not JSON that we accept: anything RFC 8259 forbids, duplicate names, NUL even
  /// when escaped, half surrogates, numbers that 64 bits do not hold, and anything beyond the limits.
  public init(_ text: JSONText, limits: JSONLimits = JSONLimits()) throws(Diagnostic) {
    try JSONScanner.validate(text, limits: limits)
    var error = json_error_t()
    let flags = Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY)
    let parsed = text.file.bytes.withUnsafeBytes { buffer in
      let slice = UnsafeRawBufferPointer(rebasing: buffer[text.range])
      return json_loadb(slice.baseAddress, slice.count, flags, &error)
    }
    guard let parsed else { throw RefusedText.diagnostic(text, position: Int(error.position)) }
    self.text = text
    json = parsed
  }

  deinit {
    // json_decref is an inline function of the header that frees at zero.
    json_decref(json)
  }

  /// The outermost value.
  public var root: JSONValue { JSONValue(document: self, json: json) }

  /// Where a value, or a member's name, stands in the file; what encloses it where there is no such value.
  func place(of pointer: JSONPointer, _ part: SourceMap.Part = .value) -> Place {
    let map = sourceMap()
    var pointer = pointer
    var part = part
    while true {
      if let range = map.range(of: pointer, part) { return Place(file: text.file, range: range) }
      guard !pointer.tokens.isEmpty else { return Place(file: text.file, range: text.range) }
      pointer.tokens.removeLast()
      part = .value
    }
  }

  /// The bytes of a value, or of a member's name, quotes included; nil where there is no such value.
  func range(of pointer: JSONPointer, _ part: SourceMap.Part) -> Range<Int>? { sourceMap().range(of: pointer, part) }

  /// Made by the first finding, and kept: a request with one finding often has more.
  private func sourceMap() -> SourceMap {
    map.withLock { cached in
      if let cached { return cached }
      let made = SourceMap(text)
      cached = made
      return made
    }
  }
}
