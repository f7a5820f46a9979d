/// Where a literal text must stand in every value that a matcher takes.
enum LiteralAnchor: UInt8, CaseIterable, Sendable {
  case start
  /// Where the account or the resource of an ARN begins, as `ArnSpans` has them.
  case account, resource
  case end
  case anywhere
}

/// Finds, among many matchers that each need some literal text, those that a value could match: by hashes of the
/// value's own beginnings, ends and stretches, so that the cost does not grow with the number of matchers.
// INVARIANT: a matcher that takes a value is among the value's candidates.
struct LiteralIndex: Sendable {
  private let tables: [LiteralTable]
  /// Matchers without a text that tells them from many others, in their order: candidates for every value.
  let others: [Int]

  fileprivate init(_ tables: [LiteralTable], others: [Int]) { (self.tables, self.others) = (tables, others) }

  /// Whether `matches` is true of one of the candidates that were found by a text. It gets the number of a matcher.
  /// The parts of the value are those that a matcher of ARNs takes apart; without them it is no candidate.
  func contains(_ value: Span, _ arn: ArnSpans?, _ matches: (Int) -> Bool) -> Bool {
    for index in tables.indices {
      // Threads share the tables: counting references to them would make the threads wait for each other.
      let table = Unmanaged.passUnretained(tables[index])
      if table._withUnsafeGuaranteedRef({ $0.contains(value, arn, matches) }) { return true }
    }
    return false
  }
}

/// Collects what the matchers of a list need, and makes the index of it.
struct LiteralIndexBuilder: Sendable {
  fileprivate struct Text: Sendable {
    var matcher: Int32
    var anchor: LiteralAnchor
    var length: Int32
    var hash: UInt64
  }

  private var texts: [Text] = []
  private var count = 0

  /// Matchers that share their rarest text with more than so many are not looked up by it.
  private static let mostSharing = 16
  /// A shorter stretch stands in most values.
  private static let leastAnywhere = 3

  /// Goes on to the next matcher of the list.
  mutating func next() { count += 1 }

  /// A text that the matcher needs. The first added is preferred among equally rare ones.
  mutating func add(_ text: Span, at anchor: LiteralAnchor) {
    guard text.count >= (anchor == .anywhere ? Self.leastAnywhere : 1) else { return }
    let length = LiteralHash.length(text.count, anchor)
    let hash = anchor == .end ? LiteralHash.ofEnd(text, length) : LiteralHash.ofStart(text, length)
    texts.append(Text(matcher: Int32(count), anchor: anchor, length: Int32(length), hash: hash))
  }

  /// The index; `count` of `next` matchers are in it.
  func build() -> LiteralIndex {
    let sharing = LiteralCounts(texts.count)
    for text in texts { sharing.add(text.hash, text.anchor) }
    var chosen: [[Text]] = Array(repeating: [], count: LiteralAnchor.allCases.count)
    var others: [Int] = []
    var at = 0
    for matcher in 0..<count {
      var best: Text?
      var least = Int32(Self.mostSharing + 1)
      while at < texts.count, texts[at].matcher == Int32(matcher) {
        let shared = sharing.count(of: texts[at].hash, texts[at].anchor)
        if shared < least { (best, least) = (texts[at], shared) }
        at += 1
      }
      if let best { chosen[Int(best.anchor.rawValue)].append(best) } else { others.append(matcher) }
    }
    var tables: [LiteralTable] = []
    for texts in chosen where !texts.isEmpty { tables.append(LiteralTable(texts)) }
    return LiteralIndex(tables, others: others)
  }
}

/// Polynomial hashes, that of a stretch being known from that of the stretch one byte before.
private enum LiteralHash {
  static let base: UInt64 = 0x0000_0100_0000_01B3

  @inline(__always)
  static func append(_ hash: UInt64, _ byte: UInt8) -> UInt64 { hash &* base &+ UInt64(byte) &+ 1 }

  /// Of a text of `count` bytes, as many are looked at; few lengths are told apart, for each is looked up.
  static func length(_ count: Int, _ anchor: LiteralAnchor) -> Int {
    if count <= 8 { return count }
    if anchor == .anywhere { return count < 12 ? 8 : 12 }
    return count <= 16 ? count : min(count & ~7, 64)
  }

  static func ofStart(_ text: Span, _ length: Int) -> UInt64 {
    var hash: UInt64 = 0
    for index in 0..<length { hash = append(hash, text[index]) }
    return hash
  }

  static func ofEnd(_ text: Span, _ length: Int) -> UInt64 {
    var hash: UInt64 = 0
    for index in 0..<length { hash = append(hash, text[text.count - 1 - index]) }
    return hash
  }

  @inline(__always)
  static func spread(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) }
}

/// How many matchers need a text.
private final class LiteralCounts {
  private var hashes: [UInt64]
  private var counts: [Int32]
  private let mask: Int

  init(_ texts: Int) {
    var capacity = 16
    while capacity < 2 * texts { capacity *= 2 }
    hashes = Array(repeating: 0, count: capacity)
    counts = Array(repeating: 0, count: capacity)
    mask = capacity - 1
  }

  private func slot(_ hash: UInt64, _ anchor: LiteralAnchor) -> Int {
    let key = hash &+ UInt64(anchor.rawValue)
    var slot = LiteralHash.spread(key) & mask
    while counts[slot] > 0, hashes[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  func add(_ hash: UInt64, _ anchor: LiteralAnchor) {
    let slot = slot(hash, anchor)
    hashes[slot] = hash &+ UInt64(anchor.rawValue)
    counts[slot] += 1
  }

  func count(of hash: UInt64, _ anchor: LiteralAnchor) -> Int32 { counts[slot(hash, anchor)] }
}

/// Matchers by a text of known lengths at one anchor.
// INVARIANT: the memory is written while the table is made and never again, so that threads may share it.
private final class LiteralTable: @unchecked Sendable {
  private struct Slot {
    var hash: UInt64
    /// -1 where the slot is free.
    var matcher: Int32
    /// Position in `entries` of the next matcher of the same hash; -1 for none.
    var next: Int32
  }

  private struct Entry {
    var matcher: Int32
    var next: Int32
  }

  private let anchor: LiteralAnchor
  /// The lengths that occur, ascending.
  private let lengths: [Int]
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  private let entries: UnsafeMutablePointer<Entry>
  /// A bit for most hashes that do not occur is 0: a small table, which stays in the processor's cache, answers for them.
  private let filter: UnsafeMutablePointer<UInt64>
  private let filterMask: Int

  init(_ texts: [LiteralIndexBuilder.Text]) {
    anchor = texts[0].anchor
    var capacity = 4
    while capacity < 2 * texts.count { capacity *= 2 }
    mask = capacity - 1
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: Slot(hash: 0, matcher: -1, next: -1), count: capacity)
    entries = .allocate(capacity: texts.count)
    // Eight bits and more for each.
    let words = max(1, capacity / 8)
    filter = .allocate(capacity: words)
    filter.initialize(repeating: 0, count: words)
    filterMask = words * 64 - 1
    var occurs = Array(repeating: false, count: 65)
    for text in texts { occurs[Int(text.length)] = true }
    lengths = occurs.indices.filter { occurs[$0] }
    for (index, text) in texts.enumerated() { insert(text, at: Int32(index)) }
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
    filter.deallocate()
  }

  private func insert(_ text: LiteralIndexBuilder.Text, at index: Int32) {
    let spread = LiteralHash.spread(text.hash)
    filter[(spread & filterMask) >> 6] |= 1 << UInt64(spread & 63)
    var at = spread & mask
    while slots[at].matcher >= 0, slots[at].hash != text.hash { at = (at + 1) & mask }
    guard slots[at].matcher >= 0 else {
      slots[at] = Slot(hash: text.hash, matcher: text.matcher, next: -1)
      return
    }
    (entries + Int(index)).initialize(to: Entry(matcher: text.matcher, next: slots[at].next))
    slots[at].next = index
  }

  func contains(_ value: Span, _ arn: ArnSpans?, _ matches: (Int) -> Bool) -> Bool {
    switch anchor {
    case .start: beginsWithOne(value, matches)
    case .account: beginsWithOne(Self.rest(of: value, from: arn?.account), matches)
    case .resource: beginsWithOne(Self.rest(of: value, from: arn?.resource), matches)
    case .end: endsWithOne(value, matches)
    case .anywhere: holdsOne(value, matches)
    }
  }

  /// From where a part begins; absent without one.
  private static func rest(of value: Span, from part: Span?) -> Span {
    guard let start = part?.baseAddress, let base = value.baseAddress else { return .absent }
    return value.part(start - base, value.count)
  }

  @inline(__always)
  private func isMet(_ hash: UInt64, _ matches: (Int) -> Bool) -> Bool {
    let spread = LiteralHash.spread(hash)
    guard filter[(spread & filterMask) >> 6] >> UInt64(spread & 63) & 1 == 1 else { return false }
    return isFound(hash, from: spread & mask, matches)
  }

  private func isFound(_ hash: UInt64, from start: Int, _ matches: (Int) -> Bool) -> Bool {
    var at = start
    while slots[at].matcher >= 0, slots[at].hash != hash { at = (at + 1) & mask }
    guard slots[at].matcher >= 0 else { return false }
    if matches(Int(slots[at].matcher)) { return true }
    var entry = slots[at].next
    while entry >= 0 {
      if matches(Int(entries[Int(entry)].matcher)) { return true }
      entry = entries[Int(entry)].next
    }
    return false
  }

  private func beginsWithOne(_ value: Span, _ matches: (Int) -> Bool) -> Bool {
    var hash: UInt64 = 0
    var at = 0
    for length in lengths {
      guard length <= value.count else { return false }
      while at < length {
        hash = LiteralHash.append(hash, value[at])
        at += 1
      }
      if isMet(hash, matches) { return true }
    }
    return false
  }

  private func endsWithOne(_ value: Span, _ matches: (Int) -> Bool) -> Bool {
    var hash: UInt64 = 0
    var at = 0
    for length in lengths {
      guard length <= value.count else { return false }
      while at < length {
        hash = LiteralHash.append(hash, value[value.count - 1 - at])
        at += 1
      }
      if isMet(hash, matches) { return true }
    }
    return false
  }

  /// Looks at every stretch of the lengths that occur.
  private func holdsOne(_ value: Span, _ matches: (Int) -> Bool) -> Bool {
    for length in lengths {
      guard length <= value.count else { return false }
      var leaving: UInt64 = 1
      for _ in 0..<length { leaving = leaving &* LiteralHash.base }
      var hash = LiteralHash.ofStart(value, length)
      if isMet(hash, matches) { return true }
      for at in length..<value.count {
        hash = LiteralHash.append(hash, value[at]) &- (UInt64(value[at - length]) &+ 1) &* leaving
        if isMet(hash, matches) { return true }
      }
    }
    return false
  }
}
