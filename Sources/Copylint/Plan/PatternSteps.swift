import Glibc

/// The program of a plain pattern in one piece of memory: `SimplePatternProgram` for values that come by the thousand,
/// and for patterns that do.
///
/// A byte of a run costs a look-up that waits for none before it, where an automaton's waits for the last one.
// INVARIANT: it matches what `SimplePattern` matches.
final class PatternSteps {
  /// What `SimplePatternProgram.Step` says.
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
    /// How far they are from the first step, in bytes.
    var next: Int32 = 0
    var other: Int32 = 0
    /// Of a run, how many characters at least and at most; of a literal, where among the literals it begins, and its
    /// length.
    var from: Int32 = 0
    var to: Int32 = 0
    /// The class of a run, or what the ways of a choice begin with, as bits of the workspace.
    var first: UInt32 = 0
    var second: UInt32 = 0
  }

  private typealias Place = PatternWorkspace.Place

  /// The steps, and the literals after them.
  private let memory: UnsafeMutableRawPointer
  private let literals: UnsafePointer<UInt8>
  private let workspace: PatternWorkspace
  private let start: Int32
  private let takesBeyondASCII: Bool

  /// How many steps are taken and bytes passed at most, beside four for each byte; beyond that others decide.
  private static let fewSteps = 256

  /// Nil for a pattern with a group whose rounds are counted, which would cost several steps a byte, and for one whose
  /// classes have no room in the workspace.
  init?(_ pattern: SimplePattern, _ workspace: PatternWorkspace) {
    guard let program = pattern.program else { return nil }
    var made: [Step] = []
    made.reserveCapacity(program.steps.count)
    for step in program.steps {
      guard let step = Step(step, workspace) else { return nil }
      made.append(step)
    }
    self.workspace = workspace
    (start, takesBeyondASCII) = (Step.offset(of: program.start), pattern.takesBeyondASCII)
    let size = made.count * MemoryLayout<Step>.stride
    memory = .allocate(byteCount: size + program.literals.count, alignment: MemoryLayout<Step>.alignment)
    memory.initializeMemory(as: Step.self, from: made, count: made.count)
    literals = UnsafePointer(
      (memory + size).initializeMemory(as: UInt8.self, from: program.literals, count: program.literals.count))
  }

  deinit { memory.deallocate() }

  /// As that of `SimplePattern`: nil where finding out takes RE2, or much going back and forth.
  func matches(_ value: Span) -> Bool? {
    // How often a run may go on is told in as many bits.
    guard let bytes = value.baseAddress, value.count < Int32.max, let isMatch = matches(bytes, value.count) else {
      return nil
    }
    // Every step takes ASCII alone, so that a match says that there is nothing else.
    return isMatch || !takesBeyondASCII || value.allSatisfy { $0 < 0x80 } ? isMatch : nil
  }

  @inline(__always)
  private func matches(_ bytes: UnsafePointer<UInt8>, _ end: Int) -> Bool? {
    var place = Place(step: start, at: 0, least: 0)
    var retries = 0
    var budget = Self.fewSteps + 4 * end
    // Each step adds one way at most.
    while budget > 0, retries < PatternWorkspace.mostRetries {
      let step = UnsafePointer((memory + Int(place.step)).assumingMemoryBound(to: Step.self))
      if step.pointee.kind == .end, place.at == end { return true }
      let before = place.at
      if take(step, bytes, end, &place, &retries) {
        budget -= 1 + place.at - before
      } else {
        budget -= 1
        guard goBack(&place, &retries) else { return false }
      }
    }
    return nil
  }

  /// Takes one step; false where it does not lead on.
  @inline(__always)
  private func take(
    _ step: UnsafePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ retries: inout Int
  ) -> Bool {
    switch step.pointee.kind {
    case .end: false
    case .literal: takeLiteral(step, bytes, end, &place)
    case .run: takeRun(step, bytes, end, &place, &retries)
    case .choice: choose(step, bytes, end, &place, &retries)
    }
  }

  @inline(__always)
  private func takeLiteral(
    _ step: UnsafePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place
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
    _ step: UnsafePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ retries: inout Int
  ) -> Bool {
    let (classes, set) = (workspace.classBits, step.pointee.first)
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
      workspace.retries[retries] = Place(step: step.pointee.next, at: at - 1, least: least)
      retries += 1
    }
    (place.step, place.at) = (step.pointee.next, at)
    return true
  }

  @inline(__always)
  private func choose(
    _ step: UnsafePointer<Step>, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ place: inout Place,
    _ retries: inout Int
  ) -> Bool {
    let isAtEnd = place.at == end
    let sets = isAtEnd ? 0 : workspace.classBits[Int(bytes[place.at])]
    let first = isAtEnd ? step.pointee.firstCanEnd : step.pointee.first & sets != 0
    let second = isAtEnd ? step.pointee.secondCanEnd : step.pointee.second & sets != 0
    if first, second {
      workspace.retries[retries] = Place(step: step.pointee.other, at: place.at, least: place.at)
      retries += 1
    }
    place.step = first ? step.pointee.next : step.pointee.other
    return first || second
  }

  /// Goes back to the last way that was not taken; false where there is none.
  @inline(__always)
  private func goBack(_ place: inout Place, _ retries: inout Int) -> Bool {
    guard retries > 0 else { return false }
    let last = workspace.retries + (retries - 1)
    place = last.pointee
    if place.at > place.least { last.pointee.at -= 1 } else { retries -= 1 }
    return true
  }
}

extension PatternSteps.Step {
  /// How far a step is from the first, in bytes.
  fileprivate static func offset(of step: Int) -> Int32 { Int32(step * MemoryLayout<Self>.stride) }

  /// Nil for the rounds of a group, and for a class without a bit.
  fileprivate init?(_ step: SimplePatternProgram.Step, _ workspace: PatternWorkspace) {
    switch step {
    case .end: kind = .end
    case .literal(let range, let next):
      (kind, self.next) = (.literal, Self.offset(of: next))
      (from, to) = (Int32(range.lowerBound), Int32(range.count))
    case .run(let run):
      guard let bit = workspace.bit(of: run.set) else { return nil }
      (kind, isUncertain, next, first) = (.run, run.isUncertain, Self.offset(of: run.next), bit)
      (from, to) = (Int32(clamping: run.least), Int32(clamping: run.most))
    case .choice(let one, let two):
      guard let bit = workspace.bit(of: one.lookahead.characters),
        let other = workspace.bit(of: two.lookahead.characters)
      else { return nil }
      (kind, first, second) = (.choice, bit, other)
      (next, self.other) = (Self.offset(of: one.step), Self.offset(of: two.step))
      (firstCanEnd, secondCanEnd) = (one.lookahead.canEnd, two.lookahead.canEnd)
    case .enter, .rounds: return nil
    }
  }
}
