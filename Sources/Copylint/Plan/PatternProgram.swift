/// A plain pattern with its repeats spelled out, as instructions that may go on at several places at once.
struct PatternProgram {
  private enum Instruction {
    /// Takes a byte and goes on with the next instruction.
    case take(ByteClass)
    /// Goes on at both.
    case split(Int32, Int32)
    case go(Int32)
    case end
  }

  private var instructions: [Instruction] = []
  private let pattern: SimplePattern

  let start: Int32 = 0

  /// The places reached so far that take a byte, or are the end; ascending.
  private(set) var reached: [Int32] = []
  private(set) var hasReachedEnd = false
  /// By place, the turn in which it was reached last.
  private var marks: [Int] = []
  private var turn = 0
  /// Places that are reached, and not yet followed.
  private var open: [Int32] = []

  init(_ pattern: SimplePattern) {
    self.pattern = pattern
    add(pattern.nodes.count - 1)
    instructions.append(.end)
    marks = Array(repeating: 0, count: instructions.count)
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

  /// Starts with no place.
  mutating func begin() {
    reached.removeAll(keepingCapacity: true)
    hasReachedEnd = false
    turn += 1
  }

  /// Whether the place takes this byte, and so leads to the next one.
  func takes(_ byte: UInt8, at place: Int32) -> Bool {
    if case .take(let set) = instructions[Int(place)] { set.contains(byte) } else { false }
  }

  /// Reaches a place, and those that it leads to without taking a byte.
  mutating func reach(_ place: Int32) {
    open.append(place)
    while let place = open.popLast() {
      if marks[Int(place)] == turn { continue }
      marks[Int(place)] = turn
      switch instructions[Int(place)] {
      case .take: add(reached: place)
      case .end:
        add(reached: place)
        hasReachedEnd = true
      case .split(let first, let second):
        open.append(second)
        open.append(first)
      case .go(let target): open.append(target)
      }
    }
  }

  /// Keeps the places sorted: most come in order.
  private mutating func add(reached place: Int32) {
    var position = reached.count
    while position > 0, reached[position - 1] > place { position -= 1 }
    reached.insert(place, at: position)
  }

  /// Numbers the ASCII bytes so that those with one number are in the same classes; returns a byte of each number.
  func tellBytesApart(into columns: UnsafeMutablePointer<UInt8>) -> [UInt8] {
    var parts = [ByteClass.any]
    var sets: [ByteClass] = []
    for case .take(let set) in instructions where !sets.contains(set) { sets.append(set) }
    // Each class parts the bytes of every number so far: those in it, and the others.
    for set in sets {
      for number in parts.indices {
        let (inside, outside) = (parts[number].intersection(set), parts[number].intersection(set.inverted))
        guard !inside.isEmpty, !outside.isEmpty else { continue }
        parts[number] = inside
        parts.append(outside)
      }
    }
    columns.initialize(repeating: 0, count: 128)
    for (number, part) in parts.enumerated() { part.forEach { columns[Int($0)] = UInt8(number) } }
    return parts.compactMap(\.first)
  }
}
