import Glibc

/// A place in a JSON text that moves on token by token. Takes what RFC 8259 and `JSONScanner` take; nothing here
/// reports, for what is not taken is read again by those that do.
struct JSONCursor {
  /// What stands in an object.
  enum Step {
    case member
    case end
    case malformed
  }

  private var start: UnsafePointer<UInt8>
  private var at: UnsafePointer<UInt8>
  /// Where the last string that was taken begins, at its quote.
  private var opened: UnsafePointer<UInt8>
  private var end: UnsafePointer<UInt8>
  /// Where strings with escapes are resolved: as large as the text, so it cannot overflow.
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity: Int
  private var arenaCount = 0
  /// Whether every string so far was ASCII; nothing else that is taken may be anything else.
  private(set) var isASCII = true

  init() {
    arenaCapacity = 1 << 12
    arena = .allocate(capacity: arenaCapacity)
    at = UnsafePointer(arena)
    (start, end, opened) = (at, at, at)
  }

  func deallocate() { arena.deallocate() }

  /// Goes to the start of a text; false for an empty one.
  mutating func begin(_ text: Span) -> Bool {
    guard let start = text.baseAddress, text.count > 0 else { return false }
    if text.count > arenaCapacity {
      arena.deallocate()
      arenaCapacity = text.count
      arena = .allocate(capacity: arenaCapacity)
    }
    (arenaCount, isASCII) = (0, true)
    (self.start, at, end, opened) = (start, start, start + text.count, start)
    return true
  }

  /// How far it has come, in bytes from the start of the text.
  var offset: Int { at - start }

  /// The bytes of the last string, quotes included.
  var lastString: Range<Int> { Range(uncheckedBounds: (opened - start, offset)) }

  /// Whether nothing but white space is left.
  var isAtEnd: Bool {
    mutating get {
      skipWhiteSpace()
      return at == end
    }
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while at < end, at.pointee <= 0x20 {
      let byte = at.pointee
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  /// Takes a byte of the structure, after white space.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    skipWhiteSpace()
    guard at < end, at.pointee == byte else { return false }
    at += 1
    return true
  }

  /// Goes on to the value of the next member, or beyond the end of the object.
  @inline(__always)
  mutating func nextMember(_ isFirst: inout Bool, _ key: inout Span) -> Step {
    if take(UInt8(ascii: "}")) { return .end }
    if !isFirst, !take(UInt8(ascii: ",")) { return .malformed }
    isFirst = false
    return takeString(&key) && take(UInt8(ascii: ":")) ? .member : .malformed
  }

  /// Takes the name of a member, written without escapes, and the colon after it.
  @inline(__always)
  mutating func takeName(_ name: StaticString) -> Bool {
    skipWhiteSpace()
    let count = name.utf8CodeUnitCount
    guard end - at >= count + 2, at.pointee == UInt8(ascii: "\""), at[count + 1] == UInt8(ascii: "\""),
      memcmp(at + 1, name.utf8Start, count) == 0
    else { return false }
    at += count + 2
    return take(UInt8(ascii: ":"))
  }

  /// A string value of a member that must not be there yet.
  @inline(__always)
  mutating func takeOnce(_ value: inout Span) -> Bool { !value.isPresent && takeString(&value) }

  /// The same, with where it stands.
  @inline(__always)
  mutating func takeOnce(_ value: inout Span, _ place: inout Range<Int>) -> Bool {
    guard takeOnce(&value) else { return false }
    place = lastString
    return true
  }

  mutating func takeString(_ value: inout Span) -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    let start = at
    opened = start - 1
    let stop = plainEnd(from: start)
    guard stop < end, stop.pointee == UInt8(ascii: "\"") else {
      at = stop
      return takeUnusual(from: start, &value)
    }
    value = Span(start: start, count: stop - start)
    at = stop + 1
    return true
  }

  /// The rest of a string after its first byte that does not stand for itself.
  @inline(never)
  private mutating func takeUnusual(from start: UnsafePointer<UInt8>, _ value: inout Span) -> Bool {
    while at < end {
      switch at.pointee {
      case UInt8(ascii: "\""):
        value = Span(start: start, count: at - start)
        at += 1
        return true
      case UInt8(ascii: "\\"): return takeEscaped(from: start, &value)
      case 0x80...0xFF: guard takeSequence() else { return false }
      case 0x20...0x7F: at = plainEnd(from: at)
      default: return false
      }
    }
    return false
  }

  /// The first byte that does not stand for itself: a control character, a quote, a backslash, or not ASCII; or the end.
  @inline(__always)
  private func plainEnd(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var at = start
    while end - at >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
      let special = Self.special(word)
      if special != 0 { return at + special.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < end, at.pointee != 0x22, at.pointee != 0x5C, at.pointee >= 0x20, at.pointee < 0x80 { at += 1 }
    return at
  }

  /// The highest bit of each byte that does not stand for itself. A borrow can only reach bytes above such a one, and the
  /// lowest is what counts.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return ((word &- ones &* 0x20) | ((word ^ (ones &* 0x22)) &- ones) | ((word ^ (ones &* 0x5C)) &- ones) | word)
      & (ones &* 0x80)
  }

  private mutating func takeSequence() -> Bool {
    isASCII = false
    let rest = Span(start: at, count: end - at)
    guard let length = JSONBytes.codePointLength(rest, 0, rest.count) else { return false }
    at += length
    return true
  }

  // MARK: Escapes

  /// The rest of a string that holds an escape, copied to the arena.
  private mutating func takeEscaped(from start: UnsafePointer<UInt8>, _ value: inout Span) -> Bool {
    let first = arenaCount
    append(start, at - start)
    while at < end {
      switch at.pointee {
      case UInt8(ascii: "\""):
        value = Span(start: arena + first, count: arenaCount - first)
        at += 1
        return true
      case UInt8(ascii: "\\"): guard takeEscape() else { return false }
      case 0x20...0x7F:
        let plain = at
        at = plainEnd(from: at)
        append(plain, at - plain)
      case 0x80...0xFF:
        let sequence = at
        guard takeSequence() else { return false }
        append(sequence, at - sequence)
      default: return false
      }
    }
    return false
  }

  private mutating func takeEscape() -> Bool {
    guard end - at >= 2 else { return false }
    let meaning: UInt8
    switch at[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = at[1]
    case UInt8(ascii: "b"): meaning = 0x08
    case UInt8(ascii: "f"): meaning = 0x0C
    case UInt8(ascii: "n"): meaning = 0x0A
    case UInt8(ascii: "r"): meaning = 0x0D
    case UInt8(ascii: "t"): meaning = 0x09
    case UInt8(ascii: "u"): return takeUnicodeEscape()
    default: return false
    }
    append(meaning)
    at += 2
    return true
  }

  private mutating func takeUnicodeEscape() -> Bool {
    let rest = Span(start: at, count: end - at)
    guard let first = JSONBytes.hex4(rest, 2, rest.count), first != 0 else { return false }
    switch first {
    case 0xD800...0xDBFF:
      guard rest.count >= 12, rest[6] == UInt8(ascii: "\\"), rest[7] == UInt8(ascii: "u"),
        let second = JSONBytes.hex4(rest, 8, rest.count), (0xDC00...0xDFFF).contains(second)
      else { return false }
      append(codePoint: 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      at += 12
    case 0xDC00...0xDFFF: return false
    default:
      append(codePoint: first)
      at += 6
    }
    return true
  }

  private mutating func append(codePoint: UInt32) {
    switch codePoint {
    case 0..<0x80: append(UInt8(codePoint))
    case 0x80..<0x800:
      append(0xC0 | UInt8(codePoint >> 6))
      append(0x80 | UInt8(codePoint & 0x3F))
    case 0x800..<0x10000:
      append(0xE0 | UInt8(codePoint >> 12))
      append(0x80 | UInt8(codePoint >> 6 & 0x3F))
      append(0x80 | UInt8(codePoint & 0x3F))
    default:
      append(0xF0 | UInt8(codePoint >> 18))
      append(0x80 | UInt8(codePoint >> 12 & 0x3F))
      append(0x80 | UInt8(codePoint >> 6 & 0x3F))
      append(0x80 | UInt8(codePoint & 0x3F))
    }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    arena[arenaCount] = byte
    arenaCount += 1
  }

  @inline(__always)
  private mutating func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    (arena + arenaCount).update(from: bytes, count: count)
    arenaCount += count
  }
}
