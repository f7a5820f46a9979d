import Glibc

/// The program of a plain pattern in one piece of memory: `SimplePatternProgram` for values that come by the thousand.
/// For one plan alone: its ways back are kept in memory of its own.
///
/// A byte of a run costs a look-up that waits for none before it, where an automaton's waits for the last one. A repeated
/// group would cost several steps a round, so patterns that have one are left to the automaton.
// INVARIANT: it matches what `SimplePattern` matches.
final class PatternSteps {
  /// What `SimplePatternProgram.Step` says, with classes as bits.
  fileprivate struct Step {
    enum Kind {
      case end, literal, run, choice
    }

    var kind = Kind.end
    /// Of a run: whether what follows could take its last characters instead.
    var isUncertain = false
    /// Of a choice: whether nothing may be left for its ways.
    var firstCanEnd = false
    var secondCanEnd = false
    /// The class of a run, or what the ways of a choice begin with.
    var first: UInt32 = 0
    var second: UInt32 = 0
    var next: Int32 = 0
    var other: Int32 = 0
    /// Of a run, how many characters at least and at most; of a literal, where in `literals` it begins, and its length.
    var from: Int32 = 0
    var to: Int32 = 0
  }

  /// Where an attempt has come to, and down to where it may go back before it goes on from there.
  private struct Place {
    var step: Int32
    var at: Int
    var least: Int
  }

  private let steps: UnsafeMutablePointer<Step>
  private let start: Int32
  private let literals: UnsafeMutablePointer<UInt8>
  /// For each byte the classes that it is in.
  private let classes: UnsafeMutablePointer<UInt32>
  /// Ways that were not taken. Each step adds one at most, and leads on to steps that have not been: there is room.
  private let retries: UnsafeMutablePointer<Place>

  private static let mostClasses = 32
  /// How many steps are taken and bytes passed at most, beside four for each byte; beyond that others decide.
  private static let fewSteps = 256

  /// Nil for a pattern with a repeated group, or with many classes.
  init?(_ program: SimplePatternProgram) {
    var classes: [ByteClass] = []
    var made: [Step] = []
    for (position, step) in program.steps.enumerated() {
      guard let step = Step(step, &classes), step.next <= position, step.other <= position else { return nil }
      made.append(step)
    }
    guard classes.count <= Self.mostClasses else { return nil }
    start = Int32(program.start)
    literals = .allocate(capacity: program.literals.count)
    literals.initialize(from: program.literals, count: program.literals.count)
    steps = .allocate(capacity: made.count)
    steps.initialize(from: made, count: made.count)
    let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
    for (bit, set) in classes.enumerated() { set.forEach { table[Int($0)] |= 1 << UInt32(bit) } }
    self.classes = table
    retries = .allocate(capacity: made.count)
  }

  deinit {
    steps.deallocate()
    literals.deallocate()
    classes.deallocate()
    retries.deallocate()
  }

  /// Whether the whole value matches; nil where that takes much going back and forth. Nothing beyond ASCII does.
  func matches(_ value: Span) -> Bool? {
    guard let bytes = value.baseAddress else { return nil }
    var place = Place(step: start, at: 0, least: 0)
    var open = 0
    var budget = Self.fewSteps + 4 * value.count
    while budget > 0 {
      let step = steps + Int(place.step)
      if step.pointee.kind == .end, place.at == value.count { return true }
      let before = place.at
      if take(step, bytes, value.count, &place, &open) {
        budget -= 1 + place.at - before
      } else {
        budget -= 1
        guard goBack(&place, &open) else { return false }
      }
    }
    return nil
  }

  /// Takes one step; false where it does not lead on.
  @inline(__always)
  private func take(
    _ step: UnsafeMutablePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ open: inout Int
  ) -> Bool {
    switch step.pointee.kind {
    case .end: false
    case .literal: takeLiteral(step, bytes, end, &place)
    case .run: takeRun(step, bytes, end, &place, &open)
    case .choice: choose(step, bytes, end, &place, &open)
    }
  }

  @inline(__always)
  private func takeLiteral(
    _ step: UnsafeMutablePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place
  ) -> Bool {
    let count = Int(step.pointee.to)
    guard count <= end - place.at, memcmp(literals + Int(step.pointee.from), bytes + place.at, count) == 0 else {
      return false
    }
    place.at += count
    place.step = step.pointee.next
    return true
  }

  @inline(__always)
  private func takeRun(
    _ step: UnsafeMutablePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ open: inout Int
  ) -> Bool {
    let (classes, set) = (classes, step.pointee.first)
    let least = place.at + Int(step.pointee.from)
    let limit = min(place.at + Int(step.pointee.to), end)
    guard least <= limit else { return false }
    // What must be there is looked up without a way out in between, so that nothing is guessed about where it ends.
    var all = set
    for index in place.at..<least { all &= classes[Int(bytes[index])] }
    guard all != 0 else { return false }
    var at = least
    while at < limit, classes[Int(bytes[at])] & set != 0 { at += 1 }
    if step.pointee.isUncertain, at > least {
      retries[open] = Place(step: step.pointee.next, at: at - 1, least: least)
      open += 1
    }
    (place.step, place.at) = (step.pointee.next, at)
    return true
  }

  @inline(__always)
  private func choose(
    _ step: UnsafeMutablePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ open: inout Int
  ) -> Bool {
    let sets = place.at < end ? classes[Int(bytes[place.at])] : 0
    let isAtEnd = place.at == end
    let first = isAtEnd ? step.pointee.firstCanEnd : sets & step.pointee.first != 0
    let second = isAtEnd ? step.pointee.secondCanEnd : sets & step.pointee.second != 0
    if first, second {
      retries[open] = Place(step: step.pointee.other, at: place.at, least: place.at)
      open += 1
    }
    place.step = first ? step.pointee.next : step.pointee.other
    return first || second
  }

  /// Goes back to the last way that was not taken; false where there is none.
  @inline(__always)
  private func goBack(_ place: inout Place, _ open: inout Int) -> Bool {
    guard open > 0 else { return false }
    place = retries[open - 1]
    if place.at > place.least { retries[open - 1].at -= 1 } else { open -= 1 }
    return true
  }
}

extension PatternSteps.Step {
  /// Nil for the rounds of a group. A class that is new is added to those there are.
  fileprivate init?(_ step: SimplePatternProgram.Step, _ classes: inout [ByteClass]) {
    switch step {
    case .end: kind = .end
    case .literal(let range, let next):
      (kind, self.next) = (.literal, Int32(next))
      (from, to) = (Int32(range.lowerBound), Int32(range.count))
    case .run(let run):
      (kind, isUncertain, next) = (.run, run.isUncertain, Int32(run.next))
      (from, to) = (Int32(clamping: run.least), Int32(clamping: run.most))
      first = Self.bit(run.set, &classes)
    case .choice(let one, let two):
      (kind, next, other) = (.choice, Int32(one.step), Int32(two.step))
      (firstCanEnd, secondCanEnd) = (one.lookahead.canEnd, two.lookahead.canEnd)
      first = Self.bit(one.lookahead.characters, &classes)
      second = Self.bit(two.lookahead.characters, &classes)
    case .enter, .rounds: return nil
    }
  }

  private static func bit(_ set: ByteClass, _ classes: inout [ByteClass]) -> UInt32 {
    let bit = classes.firstIndex(of: set) ?? classes.count
    if bit == classes.count { classes.append(set) }
    return bit < 32 ? 1 << UInt32(bit) : 0
  }
}
