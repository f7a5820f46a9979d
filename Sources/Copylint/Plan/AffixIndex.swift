/// Finds, among many matchers that each begin or end with literal text, those that a value could match: by hashes of
/// the value's own beginnings and ends, so that the cost does not grow with the number of matchers.
struct AffixIndex {
  private var prefixes: AffixTable
  private var suffixes: AffixTable

  /// The literal beginning and end of each matcher. The longer of the two is looked up; an empty beginning is met by
  /// every value.
  init(_ affixes: [(prefix: [UInt8], suffix: [UInt8])]) {
    var heads: [(Int, [UInt8])] = []
    var tails: [(Int, [UInt8])] = []
    for (number, affix) in affixes.enumerated() {
      if affix.suffix.count > affix.prefix.count {
        tails.append((number, affix.suffix.reversed()))
      } else {
        heads.append((number, affix.prefix))
      }
    }
    prefixes = AffixTable(heads)
    suffixes = AffixTable(tails)
  }

  /// Whether one of the candidates for a value is right. `matches` gets the number of a matcher.
  func contains(_ value: Span, _ matches: (Int) -> Bool) -> Bool {
    prefixes.contains(value.count, { value[$0] }, matches)
      || suffixes.contains(value.count, { value[value.count - 1 - $0] }, matches)
  }
}

/// Matchers by the hash of a text of known length.
private struct AffixTable {
  /// The lengths that occur, ascending.
  private var lengths: [Int] = []
  /// Open addressing; -1 is free, else the first matcher of the slot's hash.
  private var heads: [Int32] = []
  private var hashes: [UInt64] = []
  /// The next matcher of the same hash, by position in `numbers`.
  private var next: [Int32] = []
  private var numbers: [Int32] = []

  init(_ affixes: [(number: Int, text: [UInt8])]) {
    guard !affixes.isEmpty else { return }
    lengths = Set(affixes.map(\.text.count)).sorted()
    var capacity = 4
    while capacity < 2 * affixes.count { capacity *= 2 }
    heads = Array(repeating: -1, count: capacity)
    hashes = Array(repeating: 0, count: capacity)
    for (number, text) in affixes { insert(number, text.reduce(Self.seed) { Self.mix($0, $1) }) }
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  private mutating func insert(_ number: Int, _ hash: UInt64) {
    let slot = slot(of: hash)
    next.append(heads[slot])
    numbers.append(Int32(number))
    heads[slot] = Int32(numbers.count - 1)
    hashes[slot] = hash
  }

  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 29) & (heads.count - 1)
    while heads[slot] >= 0, hashes[slot] != hash { slot = (slot + 1) & (heads.count - 1) }
    return slot
  }

  @inline(__always)
  func contains(_ count: Int, _ byte: (Int) -> UInt8, _ matches: (Int) -> Bool) -> Bool {
    var hash = Self.seed
    var at = 0
    for length in lengths {
      guard length <= count else { return false }
      while at < length {
        hash = Self.mix(hash, byte(at))
        at += 1
      }
      var entry = heads[slot(of: hash)]
      while entry >= 0 {
        if matches(Int(numbers[Int(entry)])) { return true }
        entry = next[Int(entry)]
      }
    }
    return false
  }
}
