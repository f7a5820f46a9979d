/// Says why jansson refuses a text that RFC 8259 admits: a name that stands twice, or a number too large.
/// jansson reports the end of the token it was at; the true place is found here.
enum RefusedText {
  static func diagnostic(_ text: JSONText, position: Int) -> Diagnostic {
    let map = SourceMap(text)
    if let duplicate = map.firstDuplicate() {
      let first = text.file.position(ofByte: duplicate.first.lowerBound)
      return text.diagnostic(
        "the name \(Escaping.quoted(duplicate.name)) stands twice in one object",
        help: "the first one is at line \(first.line), column \(first.column); another parser might read either",
        duplicate.second)
    }
    let offset = text.range.lowerBound + max(0, position - 1)
    let range = map.innermost(containing: offset) ?? text.range
    let value = ByteString(text.file.bytes[range])
    return text.diagnostic(
      "the number \(Escaping.quoted(value)) is out of range", help: "numbers are held in 64 bits", range)
  }
}
