/// Adds entries to the text of a waiver file; every byte that is there stays.
struct WaiverText {
  /// What a file that is not there yet is taken to hold.
  static let empty = Array("{\"format\": 1, \"waivers\": []}\n".utf8)

  private let bytes: [UInt8]
  private let list: Node

  /// Nil when the document holds no list of waivers.
  init?(_ document: Document) {
    guard let list = Node(document)["waivers"], list.kind == .array else { return nil }
    self.list = list
    bytes = document.text.file.bytes
  }

  /// The text with entries at the end of the list, laid out as the last one there.
  func adding(_ entries: [WaiverDraft]) -> [UInt8] {
    guard let last = list.elements.last?.place.range else { return filling(entries) }
    let indent = indentation(before: last.lowerBound)
    let added = entries.flatMap { entry -> [UInt8] in
      guard let indent else { return Array(", ".utf8) + entry.compact }
      return [UInt8(ascii: ",")] + lineEnding + indent + entry.indented(by: indent, lineEnding)
    }
    return Array(bytes[..<last.upperBound]) + added + Array(bytes[last.upperBound...])
  }

  private func filling(_ entries: [WaiverDraft]) -> [UInt8] {
    let range = list.place.range
    let indent = Array("  ".utf8)
    let inner = entries.map { indent + $0.indented(by: indent, lineEnding) }
      .joined(separator: [UInt8(ascii: ",")] + lineEnding)
    let filled = [UInt8(ascii: "[")] + lineEnding + inner + lineEnding + [UInt8(ascii: "]")]
    return Array(bytes[..<range.lowerBound]) + filled + Array(bytes[range.upperBound...])
  }

  private var lineEnding: [UInt8] {
    guard let feed = bytes.firstIndex(of: 0x0A), feed > 0, bytes[feed - 1] == 0x0D else { return [0x0A] }
    return [0x0D, 0x0A]
  }

  /// The white space that a line begins with; nil when something else stands before the offset.
  private func indentation(before offset: Int) -> [UInt8]? {
    let blank = bytes[..<offset].reversed().prefix { $0 == 0x20 || $0 == 0x09 }
    let start = offset - blank.count
    guard start > 0, bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D else { return nil }
    return Array(bytes[start..<offset])
  }
}
