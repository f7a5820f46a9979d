/// Reads the plain part of RE2's syntax (RE2's syntax page), and gives up on anything else. Reads one pattern after
/// another without new memory for each.
struct SimplePatternParser {
  private(set) var nodes: [SimplePattern.Node] = []
  private(set) var links: [Int] = []
  private(set) var literals: [UInt8] = []
  /// Whether a class is told by what it leaves out: only such a one takes characters beyond ASCII.
  private(set) var takesBeyondASCII = false

  private var source: [UInt8] = []
  private var at = 0
  /// What was read of the sequences and alternatives that are not complete.
  private var pending: [Part] = []
  private var depth = 0

  private static let maxDepth = 16
  /// RE2 refuses a repeat over 1,000, nested ones multiplied.
  private static let maxRepeat = 1000
  /// In characters with every repeat spelled out: far below what RE2 has memory for.
  private static let maxSize = 5000

  /// Reads a whole pattern; the root is the last node. False where it is not plain.
  mutating func parse(_ source: [UInt8]) -> Bool {
    self.source = source
    (at, depth, takesBeyondASCII) = (0, 0, false)
    nodes.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    literals.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    guard let root = alternatives(), at == source.count else { return false }
    return root.repeats <= Self.maxRepeat && root.size <= Self.maxSize
  }

  /// A node that was read.
  private struct Part {
    var index: Int
    /// The product of the repeats around its innermost character.
    var repeats = 1
    /// Characters with repeats spelled out.
    var size: Int
  }

  private mutating func add(_ node: SimplePattern.Node, repeats: Int = 1, size: Int) -> Part {
    nodes.append(node)
    return Part(index: nodes.count - 1, repeats: repeats, size: size)
  }

  /// Makes one node of the parts that are pending since there were `first` of them.
  private mutating func addPending(since first: Int, isChoice: Bool = false) -> Part {
    let start = links.count
    var (repeats, size) = (1, 1)
    for part in pending[first...] {
      links.append(part.index)
      repeats = max(repeats, part.repeats)
      size = min(size + part.size, Self.maxSize + 1)
    }
    pending.removeLast(pending.count - first)
    let range = start..<links.count
    return add(isChoice ? .alternatives(range) : .sequence(range), repeats: repeats, size: size)
  }

  // MARK: Structure

  private mutating func alternatives() -> Part? {
    depth += 1
    defer { depth -= 1 }
    let start = pending.count
    guard depth <= Self.maxDepth, let first = sequence() else { return nil }
    pending.append(first)
    while take("|") {
      guard let part = sequence() else { return nil }
      pending.append(part)
    }
    return addPending(since: start, isChoice: pending.count > start + 1)
  }

  private mutating func sequence() -> Part? {
    let start = pending.count
    while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let part = piece() else { return nil }
      pending.append(part)
    }
    return addPending(since: start)
  }

  private mutating func piece() -> Part? {
    if take("(") {
      if take("?"), !take(":") { return nil }
      guard let inner = alternatives(), take(")"), let counts = counts() else { return nil }
      return counts == 1..<2 ? inner : repeated(inner, counts)
    }
    guard let set = characters(), let counts = counts() else { return nil }
    if counts == 1..<2, let byte = set.single { return literal(byte) }
    let times = Self.times(counts)
    return add(.characters(set, counts), repeats: times, size: max(1, times))
  }

  private mutating func repeated(_ inner: Part, _ counts: Range<Int>) -> Part? {
    let times = Self.times(counts)
    let (repeats, size) = (inner.repeats * max(1, times), inner.size * max(1, times))
    guard repeats <= Self.maxRepeat, size <= Self.maxSize else { return nil }
    return add(.group(inner.index, counts), repeats: repeats, size: size)
  }

  /// Characters that follow each other are one literal.
  private mutating func literal(_ byte: UInt8) -> Part? {
    let start = literals.count
    literals.append(byte)
    while let next = plainByte(at), !isQuantifier(at + 1) {
      literals.append(next)
      at += 1
    }
    return add(.literal(start..<literals.count), size: literals.count - start)
  }

  private static func times(_ counts: Range<Int>) -> Int {
    counts.upperBound > SimplePattern.unbounded ? counts.lowerBound : counts.upperBound - 1
  }

  // MARK: Repeats

  /// How often, at least and below; once where nothing is said. Nil for what is not plain.
  private mutating func counts() -> Range<Int>? {
    let counts: Range<Int>
    if take("?") {
      counts = 0..<2
    } else if take("*") {
      counts = 0..<SimplePattern.unbounded + 1
    } else if take("+") {
      counts = 1..<SimplePattern.unbounded + 1
    } else if take("{") {
      guard let braced = braced() else { return nil }
      counts = braced
    } else {
      return 1..<2
    }
    return isQuantifier(at) ? nil : counts
  }

  private mutating func braced() -> Range<Int>? {
    guard let least = number() else { return nil }
    if take("}") { return least..<least + 1 }
    guard take(",") else { return nil }
    if take("}") { return least..<SimplePattern.unbounded + 1 }
    guard let most = number(), take("}"), most >= least else { return nil }
    return least..<most + 1
  }

  private mutating func number() -> Int? {
    let start = at
    var value = 0
    while let byte = peek, (0x30...0x39).contains(byte), at - start < 4 {
      value = value * 10 + Int(byte - 0x30)
      at += 1
    }
    return at > start && value <= Self.maxRepeat ? value : nil
  }

  private func isQuantifier(_ index: Int) -> Bool {
    guard index < source.count else { return false }
    switch source[index] {
    case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"): return true
    default: return false
    }
  }

  // MARK: Characters

  private mutating func characters() -> ByteClass? {
    if take(".") {
      takesBeyondASCII = true
      return .any
    }
    if take("[") { return bracketed() }
    if take("\\") { return escape() }
    guard let byte = plainByte(at) else { return nil }
    at += 1
    return ByteClass(byte...byte)
  }

  /// A byte that stands for itself outside of a class.
  private func plainByte(_ index: Int) -> UInt8? {
    guard index < source.count else { return nil }
    switch source[index] {
    case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "|"),
      UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return nil
    case 0x20...0x7E: return source[index]
    default: return nil
    }
  }

  private mutating func bracketed() -> ByteClass? {
    let isInverted = take("^")
    if isInverted { takesBeyondASCII = true }
    var set = ByteClass()
    repeat {
      guard let item = classItem() else { return nil }
      set.formUnion(item)
    } while peek != UInt8(ascii: "]")
    at += 1
    return isInverted ? set.inverted : set
  }

  /// A character, an escape or a range. A `-` that is not between two characters stands for itself.
  private mutating func classItem() -> ByteClass? {
    guard let low = classCharacters() else { return nil }
    guard peek == UInt8(ascii: "-"), at + 1 < source.count, source[at + 1] != UInt8(ascii: "]") else { return low }
    at += 1
    guard let first = low.single, let last = classCharacters()?.single, first <= last else { return nil }
    return ByteClass(first...last)
  }

  private mutating func classCharacters() -> ByteClass? {
    if take("\\") { return escape() }
    guard let byte = peek, (0x20...0x7E).contains(byte), byte != UInt8(ascii: "["), byte != UInt8(ascii: "]") else {
      return nil
    }
    at += 1
    return ByteClass(byte...byte)
  }

  private mutating func escape() -> ByteClass? {
    guard let byte = peek else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "d"): return ByteClass(0x30...0x39)
    case UInt8(ascii: "t"): return ByteClass(0x09...0x09)
    case UInt8(ascii: "n"): return ByteClass(0x0A...0x0A)
    case UInt8(ascii: "v"): return ByteClass(0x0B...0x0B)
    case UInt8(ascii: "f"): return ByteClass(0x0C...0x0C)
    case UInt8(ascii: "r"): return ByteClass(0x0D...0x0D)
    case UInt8(ascii: "x"): return hexadecimal()
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return ByteClass(byte...byte)
    default: return nil
    }
  }

  /// Two digits.
  private mutating func hexadecimal() -> ByteClass? {
    guard at + 2 <= source.count, let text = String(validating: source[at..<at + 2], as: UTF8.self),
      text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }), let byte = UInt8(text, radix: 16),
      byte < 0x80
    else { return nil }
    at += 2
    return ByteClass(byte...byte)
  }

  private var peek: UInt8? { at < source.count ? source[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }
}
