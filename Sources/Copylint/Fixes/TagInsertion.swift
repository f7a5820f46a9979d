/// Adds a tag in the style of what stands around: separators, indentation and colons are taken from the neighbours.
struct TagInsertion {
  private let document: Document
  private let pointer: JSONPointer
  private let value: JSONValue
  private let range: Range<Int>

  /// `pointer` leads to the array of tags, or to the request that has none.
  init?(_ document: Document, at pointer: JSONPointer) {
    guard let value = document.root.value(at: pointer), let range = document.range(of: pointer, .value) else {
      return nil
    }
    (self.document, self.pointer, self.value, self.range) = (document, pointer, value, range)
  }

  /// The one edit it takes; nil where the address leads to neither an array nor an object.
  func edit(key: ByteString, value tag: ByteString) -> Fix.Edit? {
    switch value.kind {
    case .array:
      return value.elementCount > 0 ? afterLastElement(key, tag) : intoEmptyArray(key, tag)
    case .object: return asMember(key, tag)
    default: return nil
    }
  }

  // MARK: Into the array

  private func afterLastElement(_ key: ByteString, _ tag: ByteString) -> Fix.Edit? {
    let count = value.elementCount
    guard let last = document.range(of: pointer.appending(count - 1), .value) else { return nil }
    let before = count > 1 ? document.range(of: pointer.appending(count - 2), .value) : nil
    let separator = separator(between: before, and: last)
    let element = (0..<count).reversed().lazy.compactMap { likeElement($0, key, tag) }.first
    return insertion(at: last.upperBound, separator + (element ?? plainElement(key, tag)))
  }

  /// An element like another that is a plain tag: its members' order, white space and colons.
  private func likeElement(_ index: Int, _ key: ByteString, _ tag: ByteString) -> [UInt8]? {
    let element = pointer.appending(index)
    guard let whole = document.range(of: element, .value), let json = document.root.value(at: element),
      json.memberCount == 2, json["key"]?.string != nil, json["value"]?.string != nil,
      let keyRange = document.range(of: element.appending("key"), .value),
      let valueRange = document.range(of: element.appending("value"), .value)
    else { return nil }
    let edits = [
      Fix.Edit(range: moved(keyRange, whole), replacement: FixEdits.token(key)),
      Fix.Edit(range: moved(valueRange, whole), replacement: FixEdits.token(tag)),
    ]
    return Fix.applying(edits, to: bytes(whole))
  }

  private func intoEmptyArray(_ key: ByteString, _ tag: ByteString) -> Fix.Edit? {
    let inside = bytes(range.lowerBound + 1..<range.upperBound - 1)
    let element = plainElement(key, tag)
    guard let lineBreak = inside.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return insertion(at: range.lowerBound + 1, element)
    }
    // One step deeper than the bracket that closes.
    let closing = Array(inside[lineBreak...])
    let step: [UInt8] = closing.contains(0x09) ? [0x09] : [0x20, 0x20]
    return insertion(at: range.lowerBound + 1, closing + step + element)
  }

  // MARK: With the array

  private func asMember(_ key: ByteString, _ tag: ByteString) -> Fix.Edit? {
    let names = value.members.map(\.key)
    let member = { (colon: [UInt8]) in
      FixEdits.token(RequestMember.targetModelTags.name) + colon + [UInt8(ascii: "[")]
        + self.plainElement(key, tag) + [UInt8(ascii: "]")]
    }
    guard let last = names.last, let whole = memberRange(last) else {
      return insertion(at: range.lowerBound + 1, member(Array(": ".utf8)))
    }
    let before = names.dropLast().last.flatMap { memberRange($0) }
    return insertion(at: whole.upperBound, separator(between: before, and: whole) + member(colon))
  }

  private func memberRange(_ name: ByteString) -> Range<Int>? {
    guard let key = document.range(of: pointer.appending(name), .key),
      let value = document.range(of: pointer.appending(name), .value)
    else { return nil }
    return key.lowerBound..<value.upperBound
  }

  // MARK: Style

  private func plainElement(_ key: ByteString, _ tag: ByteString) -> [UInt8] {
    let comma: [UInt8] = isSpaced ? Array(", ".utf8) : Array(",".utf8)
    return Array("{\"key\"".utf8) + colon + FixEdits.token(key) + comma + Array("\"value\"".utf8) + colon
      + FixEdits.token(tag) + [UInt8(ascii: "}")]
  }

  /// The comma between two neighbours with what is around it; made from how the first one is set off where there is
  /// one only.
  private func separator(between first: Range<Int>?, and last: Range<Int>) -> [UInt8] {
    if let first { return bytes(first.upperBound..<last.lowerBound) }
    let lead = bytes(range.lowerBound + 1..<last.lowerBound)
    let isBroken = lead.contains { $0 == 0x0A || $0 == 0x0D }
    return [UInt8(ascii: ",")] + (isBroken ? lead : isSpaced ? [0x20] : [])
  }

  private var isSpaced: Bool { colon.last == 0x20 || colon.last == 0x09 }

  /// The colon with what is around it, as a member of the request has it.
  private var colon: [UInt8] {
    let request = value.kind == .object ? pointer : JSONPointer(pointer.tokens.dropLast())
    let member = document.root.value(at: request)?.members.last?.key
    guard let member, let key = document.range(of: request.appending(member), .key),
      let value = document.range(of: request.appending(member), .value)
    else { return Array(": ".utf8) }
    let colon = bytes(key.upperBound..<value.lowerBound)
    return colon.contains { $0 == 0x0A || $0 == 0x0D } ? Array(": ".utf8) : colon
  }

  private func bytes(_ range: Range<Int>) -> [UInt8] { Array(document.text.file.bytes[range]) }

  private func moved(_ range: Range<Int>, _ whole: Range<Int>) -> Range<Int> {
    range.lowerBound - whole.lowerBound..<range.upperBound - whole.lowerBound
  }

  private func insertion(at offset: Int, _ text: [UInt8]) -> Fix.Edit {
    Fix.Edit(range: offset..<offset, replacement: text)
  }
}

extension JSONValue {
  /// What an address leads to, seen from here; nil where it leads nowhere.
  func value(at pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      let next: JSONValue? =
        switch token {
        case .key(let key): value[key]
        case .index(let index): value.element(at: index)
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }
}
