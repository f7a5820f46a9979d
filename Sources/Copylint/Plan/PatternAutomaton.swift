/// A plain pattern as a deterministic automaton over ASCII, whose states are made when a value first reaches them. For
/// one plan alone: it changes while it matches.
///
/// A value costs a look-up a byte, however the pattern's groups and repeats stand within each other.
// INVARIANT: it matches what `SimplePattern` matches. Of values beyond ASCII it knows only that nothing matches.
final class PatternAutomaton {
  /// Several states of `program` at once, sorted: one state here.
  private typealias StateSet = [Int32]

  private let program: PatternProgram
  /// Bytes that no class of the pattern tells apart are one column; the last is that of bytes beyond ASCII.
  private let columns: UnsafeMutablePointer<UInt8>
  private let width: Int
  /// From one row to the next: the columns, and whether the state is a final one.
  private let stride: Int
  /// A row a state: where the row of the state after each column begins, or why that is not said.
  private var rows: UnsafeMutablePointer<Int32>
  /// States that `rows` has room for.
  private var capacity = 8
  private var sets: [StateSet] = []
  private var numbers: [StateSet: Int32] = [:]

  /// Nobody has asked yet.
  private static let unknown: Int32 = -1
  private static let beyondASCII: Int32 = -2
  /// The state that nothing leads out of, and its row.
  private static let dead: Int32 = 0
  /// Beyond that RE2 decides, within its own bounds.
  private static let maxStates = 4096

  init(_ pattern: SimplePattern) {
    program = PatternProgram(pattern)
    columns = .allocate(capacity: 256)
    let count = program.tellBytesApart(into: columns)
    (columns + 128).initialize(repeating: UInt8(count), count: 128)
    width = count + 1
    stride = count + 2
    rows = .allocate(capacity: capacity * stride)
    _ = state(of: [])
    _ = state(of: program.closure(of: [program.start]))
  }

  deinit {
    columns.deallocate()
    rows.deallocate()
  }

  /// Whether the whole value matches; nil where that is for RE2 to say.
  func matches(_ value: Span) -> Bool? {
    let columns = columns
    var rows = rows
    // The first state but the dead one.
    var row = stride
    for byte in value {
      let column = Int(columns[Int(byte)])
      var reached = rows[row &+ column]
      if reached <= 0 {
        if reached == Self.dead { return false }
        guard reached == Self.unknown, let made = step(from: row / stride, column) else { return nil }
        if made == Self.dead { return false }
        (reached, rows) = (made, self.rows)
      }
      row = Int(reached)
    }
    return rows[row &+ width] == 1
  }

  /// Nil where there would be too many states.
  private func step(from state: Int, _ column: Int) -> Int32? {
    guard let byte = (0..<128).first(where: { Int(columns[$0]) == column }) else { return nil }
    let reached = sets[state].compactMap { program.step(from: $0, UInt8(byte)) }
    let set = program.closure(of: reached)
    guard numbers[set] != nil || sets.count < Self.maxStates else { return nil }
    let row = self.state(of: set) * Int32(stride)
    rows[state * stride + column] = row
    return row
  }

  private func state(of set: StateSet) -> Int32 {
    if let known = numbers[set] { return known }
    let number = Int32(sets.count)
    numbers[set] = number
    sets.append(set)
    if sets.count > capacity { grow() }
    let row = rows + Int(number) * stride
    row.initialize(repeating: Self.unknown, count: width - 1)
    row[width - 1] = Self.beyondASCII
    row[width] = set.contains(program.end) ? 1 : 0
    return number
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * capacity * stride)
    larger.update(from: rows, count: capacity * stride)
    rows.deallocate()
    (rows, capacity) = (larger, 2 * capacity)
  }
}

/// A plain pattern with its repeats spelled out, as instructions that may go on at several places at once.
struct PatternProgram {
  private enum Instruction {
    /// Takes a byte and goes on with the next instruction.
    case take(ByteClass)
    /// Goes on at both.
    case split(Int32, Int32)
    case go(Int32)
    case end

    /// Whether it stands for a state of its own.
    var isReached: Bool {
      switch self {
      case .take, .end: true
      case .split, .go: false
      }
    }
  }

  private var instructions: [Instruction] = []
  private let pattern: SimplePattern

  let start: Int32 = 0
  var end: Int32 { Int32(instructions.count - 1) }

  init(_ pattern: SimplePattern) {
    self.pattern = pattern
    add(pattern.nodes.count - 1)
    instructions.append(.end)
  }

  // MARK: Compiling

  private mutating func add(_ node: Int) {
    switch pattern.nodes[node] {
    case .literal(let range): for byte in pattern.literals[range] { instructions.append(.take(ByteClass(byte...byte))) }
    case .characters(let set, let counts): repeated(counts) { $0.instructions.append(.take(set)) }
    case .sequence(let range): for link in pattern.links[range] { add(link) }
    case .alternatives(let range): addAlternatives(pattern.links[range])
    case .group(let child, let counts): repeated(counts) { $0.add(child) }
    }
  }

  private mutating func addAlternatives(_ links: ArraySlice<Int>) {
    var exits: [Int] = []
    for link in links.dropLast() {
      let fork = reserve()
      add(link)
      exits.append(reserve())
      instructions[fork] = .split(Int32(fork + 1), here)
    }
    if let last = links.last { add(last) }
    for exit in exits { instructions[exit] = .go(here) }
  }

  /// The rounds that must be, then those that may be.
  private mutating func repeated(_ counts: Range<Int>, _ body: (inout PatternProgram) -> Void) {
    for _ in 0..<counts.lowerBound { body(&self) }
    if counts.upperBound > SimplePattern.unbounded {
      let fork = reserve()
      body(&self)
      instructions.append(.go(Int32(fork)))
      instructions[fork] = .split(Int32(fork + 1), here)
      return
    }
    var forks: [Int] = []
    for _ in counts.dropFirst() {
      forks.append(reserve())
      body(&self)
    }
    for fork in forks { instructions[fork] = .split(Int32(fork + 1), here) }
  }

  private var here: Int32 { Int32(instructions.count) }

  /// Keeps a place for an instruction that is known later.
  private mutating func reserve() -> Int {
    instructions.append(.end)
    return instructions.count - 1
  }

  // MARK: Running

  /// Where a byte leads from one place; nil where it leads nowhere.
  func step(from place: Int32, _ byte: UInt8) -> Int32? {
    guard case .take(let set) = instructions[Int(place)], set.contains(byte) else { return nil }
    return place + 1
  }

  /// The places that take a byte, or are the end, which are reached from some without taking one. Sorted.
  func closure(of places: [Int32]) -> [Int32] {
    var isSeen = [Bool](repeating: false, count: instructions.count)
    var open = places
    while let place = open.popLast() {
      if isSeen[Int(place)] { continue }
      isSeen[Int(place)] = true
      switch instructions[Int(place)] {
      case .take, .end: break
      case .split(let first, let second):
        open.append(first)
        open.append(second)
      case .go(let target): open.append(target)
      }
    }
    var reached: [Int32] = []
    for place in isSeen.indices where isSeen[place] && instructions[place].isReached { reached.append(Int32(place)) }
    return reached
  }

  /// Numbers the ASCII bytes so that those with one number are in the same classes; returns how many numbers there are.
  func tellBytesApart(into columns: UnsafeMutablePointer<UInt8>) -> Int {
    var sets: [ByteClass] = []
    for case .take(let set) in instructions where !sets.contains(set) { sets.append(set) }
    columns.initialize(repeating: 0, count: 128)
    var count = 1
    // Each class parts the bytes of every number so far: those in it, and the others.
    for set in sets {
      var numbers = [Int](repeating: -1, count: 2 * count)
      count = 0
      for byte in 0..<128 {
        let part = 2 * Int(columns[byte]) + (set.contains(UInt8(byte)) ? 1 : 0)
        if numbers[part] < 0 { (numbers[part], count) = (count, count + 1) }
        columns[byte] = UInt8(numbers[part])
      }
    }
    return count
  }
}
