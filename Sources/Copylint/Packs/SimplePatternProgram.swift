/// A plain pattern as steps, each of which says where to go on.
///
/// One byte of lookahead decides most choices; where it does not, one way is tried and the other remembered.
struct SimplePatternProgram: Sendable {
  /// One thing to do.
  enum Step: Sendable {
    /// Nothing is left of the pattern, and nothing may be left of the value.
    case end
    /// Takes bytes `literals[range]`.
    case literal(Range<Int>, next: Int)
    /// Takes characters of a class.
    case run(Run)
    /// Goes one way or another.
    case choice(Way, Way)
    /// Begins to count the rounds of a group.
    case enter(next: Int)
    /// Goes another round, or on.
    case rounds(Rounds)
  }

  /// As many characters of `set` as there are, from `least` to `most`.
  struct Run: Sendable {
    var set: ByteClass
    var least: Int
    var most: Int
    var next: Int
    /// Whether what follows could take the run's last characters instead.
    var isUncertain: Bool
  }

  /// As many rounds of a group as there are, from `least` to `most`.
  struct Rounds: Sendable {
    var least: Int
    var most: Int
    var round: Way
    var next: Way
  }

  /// Where to go on, with what must stand there for it to lead anywhere.
  struct Way: Sendable {
    var step: Int
    var lookahead: Lookahead
  }

  /// What must come next.
  struct Lookahead: Sendable {
    /// What the next character may be.
    var characters = ByteClass()
    /// Whether there may be none.
    var canEnd: Bool

    /// What must come next where this comes and then `next`.
    func then(_ next: Lookahead) -> Lookahead {
      canEnd ? Lookahead(characters: characters.union(next.characters), canEnd: next.canEnd) : self
    }

    /// What must come next where this or `other` comes.
    func or(_ other: Lookahead) -> Lookahead {
      Lookahead(characters: characters.union(other.characters), canEnd: canEnd || other.canEnd)
    }
  }

  /// Each stands after those it leads to, but for the rounds of a group.
  let steps: [Step]
  let start: Int
  let literals: [UInt8]

  init(steps: [Step], start: Int, literals: [UInt8]) {
    (self.steps, self.start, self.literals) = (steps, start, literals)
  }

  /// Whether the whole value matches; nil where finding out took more steps than a few for each byte.
  @inline(never)
  func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
    steps.withUnsafeBufferPointer { steps in
      literals.withUnsafeBufferPointer { literals in
        var attempt = Attempt(steps: steps, literals: literals, value: value)
        return attempt.run(from: start)
      }
    }
  }
}

/// The program run on one value.
private struct Attempt {
  /// Goes on with `step` at `at`, or at any byte before it down to `least`.
  private struct Retry {
    var step: Int
    var at: Int
    var least: Int
    /// The rounds that had been gone by then.
    var rounds: Int
  }

  private let steps: UnsafeBufferPointer<SimplePatternProgram.Step>
  private let literals: UnsafeBufferPointer<UInt8>
  private let value: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// How many rounds of the group that is counted have been begun.
  private var rounds = 0
  private var retries: [Retry] = []
  /// What is left of the steps and bytes that may be looked at: linear in the value's length.
  private var budget: Int

  init(
    steps: UnsafeBufferPointer<SimplePatternProgram.Step>, literals: UnsafeBufferPointer<UInt8>,
    value: UnsafeBufferPointer<UInt8>
  ) {
    (self.steps, self.literals, self.value) = (steps, literals, value)
    budget = 2048 + 4 * value.count
  }

  mutating func run(from start: Int) -> Bool? {
    var step = start
    while budget > 0 {
      budget -= 1
      if case .end = steps[step], at == value.count { return true }
      if let next = take(step) {
        step = next
      } else if let next = retry() {
        step = next
      } else {
        return false
      }
    }
    return nil
  }

  /// Takes one step; nil where it does not lead on.
  private mutating func take(_ step: Int) -> Int? {
    switch steps[step] {
    case .end: nil
    case .literal(let range, let next): literal(range) ? next : nil
    case .run(let run): characters(run) ? run.next : nil
    case .choice(let first, let second): choose(first, second)
    case .enter(let next): enter(next)
    case .rounds(let group): goOn(group)
    }
  }

  private mutating func literal(_ range: Range<Int>) -> Bool {
    guard range.count <= value.count - at else { return false }
    for offset in 0..<range.count where literals[range.lowerBound + offset] != value[at + offset] { return false }
    at += range.count
    return true
  }

  private mutating func characters(_ run: SimplePatternProgram.Run) -> Bool {
    let most = min(run.most, value.count - at)
    var count = 0
    while count < most, run.set.contains(value[at + count]) { count += 1 }
    guard count >= run.least else { return false }
    budget -= count
    if run.isUncertain, count > run.least {
      retries.append(Retry(step: run.next, at: at + count - 1, least: at + run.least, rounds: rounds))
    }
    at += count
    return true
  }

  private mutating func choose(_ first: SimplePatternProgram.Way, _ second: SimplePatternProgram.Way) -> Int? {
    guard leadsOn(first) else { return leadsOn(second) ? second.step : nil }
    if leadsOn(second) { retries.append(Retry(step: second.step, at: at, least: at, rounds: rounds)) }
    return first.step
  }

  private mutating func enter(_ next: Int) -> Int {
    rounds = 0
    return next
  }

  private mutating func goOn(_ group: SimplePatternProgram.Rounds) -> Int? {
    let mayLeave = rounds >= group.least && leadsOn(group.next)
    guard rounds < group.most, leadsOn(group.round) else { return mayLeave ? group.next.step : nil }
    if mayLeave { retries.append(Retry(step: group.next.step, at: at, least: at, rounds: rounds)) }
    rounds += 1
    return group.round.step
  }

  private func leadsOn(_ way: SimplePatternProgram.Way) -> Bool {
    at < value.count ? way.lookahead.characters.contains(value[at]) : way.lookahead.canEnd
  }

  private mutating func retry() -> Int? {
    guard let last = retries.popLast() else { return nil }
    if last.at > last.least {
      retries.append(Retry(step: last.step, at: last.at - 1, least: last.least, rounds: last.rounds))
    }
    (at, rounds) = (last.at, last.rounds)
    return last.step
  }
}
