/// Turns what rules propose into edits of the bytes of one document.
struct FixEdits {
  let document: Document

  /// The edits of a proposal for the element at an address within the document; nil where there is no such element, or
  /// the change needs no edit.
  func fix(_ proposal: FixProposal, at pointer: JSONPointer) -> Fix? {
    let edits: [Fix.Edit]
    switch proposal.change {
    case .rename(let name): edits = content(of: document.range(of: pointer, .key), becomes: name)
    case .replace(let value): edits = content(of: document.range(of: pointer, .value), becomes: value)
    case .trim: edits = trimmed(document.range(of: pointer, .value))
    case .appendTag(let key, let value):
      edits = [TagInsertion(document, at: pointer)?.edit(key: key, value: value)].compactMap { $0 }
    }
    return edits.isEmpty ? nil : Fix(safety: proposal.safety, summary: proposal.summary, edits: edits)
  }

  /// What stands between the quotes of a string token is replaced.
  private func content(of token: Range<Int>?, becomes text: ByteString) -> [Fix.Edit] {
    guard let token, token.count >= 2 else { return [] }
    return [Fix.Edit(range: Self.content(token), replacement: Self.escaped(text))]
  }

  private func trimmed(_ token: Range<Int>?) -> [Fix.Edit] {
    guard let token, token.count >= 2 else { return [] }
    let content = Self.content(token)
    let units = units(content)
    guard let first = units.first(where: { !$0.isBlank }), let last = units.last(where: { !$0.isBlank }) else {
      return []
    }
    return [content.lowerBound..<first.range.lowerBound, last.range.upperBound..<content.upperBound]
      .filter { !$0.isEmpty }.map { Fix.Edit(range: $0, replacement: []) }
  }

  /// The bytes and escapes of a string, each with whether it stands for white space.
  private func units(_ content: Range<Int>) -> [(range: Range<Int>, isBlank: Bool)] {
    var units: [(range: Range<Int>, isBlank: Bool)] = []
    document.text.file.bytes.withUnsafeBufferPointer { bytes in
      var at = content.lowerBound
      while at < content.upperBound {
        let length = bytes[at] != UInt8(ascii: "\\") ? 1 : bytes[at + 1] == UInt8(ascii: "u") ? 6 : 2
        // With a byte before and after, which unescaping takes for the quotes.
        let text = JSONBytes.unescape(bytes, at - 1..<at + length + 1)
        units.append((at..<at + length, text.bytes.allSatisfy(FixProposal.isWhiteSpace)))
        at += length
      }
    }
    return units
  }

  private static func content(_ token: Range<Int>) -> Range<Int> { token.lowerBound + 1..<token.upperBound - 1 }

  /// The text as it stands between quotes.
  static func escaped(_ text: ByteString) -> [UInt8] { Array(token(text).dropFirst().dropLast()) }

  /// The text as a JSON string, with its quotes.
  static func token(_ text: ByteString) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.bytes
  }
}

extension Fix {
  /// The bytes after some fixes, whose edits do not overlap.
  static func applying(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
    var at = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      output += bytes[at..<edit.range.lowerBound]
      output += edit.replacement
      at = edit.range.upperBound
    }
    return output + bytes[at...]
  }

  /// From the first byte it touches to the last; two that touch one another cannot be applied at once, as which of two
  /// insertions at one place comes first is undecided.
  var range: Range<Int> {
    let starts = edits.map(\.range.lowerBound)
    let ends = edits.map(\.range.upperBound)
    return (starts.min() ?? 0)..<(ends.max() ?? 0)
  }
}
