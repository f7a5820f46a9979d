/// Makes the program of a plain pattern, from its end to its beginning: a step is made when what follows it is known.
struct SimplePatternCompiler {
  private typealias Way = SimplePatternProgram.Way
  private typealias Lookahead = SimplePatternProgram.Lookahead

  private let nodes: [SimplePattern.Node]
  private let links: [Int]
  private let literals: [UInt8]
  private var steps: [SimplePatternProgram.Step] = [.end]
  /// Whether it turned out to be a pattern for RE2.
  private var isRefused = false
  /// Whether this is within a group whose rounds are counted: an attempt counts those of one group at a time.
  private var isCounting = false

  /// Repeats of groups that are not counted are spelled out.
  private static let maxSteps = 2048
  /// How many rounds are spelled out where they could be counted.
  private static let fewRounds = 3

  init(nodes: [SimplePattern.Node], links: [Int], literals: [UInt8]) {
    (self.nodes, self.links, self.literals) = (nodes, links, literals)
  }

  /// Nil where the program would be too large, or could go round without taking anything.
  mutating func compile() -> SimplePatternProgram? {
    let start = node(nodes.count - 1, Way(step: 0, lookahead: Lookahead(canEnd: true)))
    return isRefused ? nil : SimplePatternProgram(steps: steps, start: start.step, literals: literals)
  }

  private mutating func add(_ step: SimplePatternProgram.Step, _ lookahead: Lookahead) -> Way {
    steps.append(step)
    return Way(step: steps.count - 1, lookahead: lookahead)
  }

  /// The way through a node and on to `next`. Inlined into its callers it is inlined into itself many times over, which
  /// takes the compiler seconds.
  @inline(never)
  private mutating func node(_ index: Int, _ next: Way) -> Way {
    isRefused = isRefused || steps.count > Self.maxSteps
    guard !isRefused else { return next }
    switch nodes[index] {
    case .literal(let range):
      return add(.literal(range, next: next.step), lookahead(of: index))
    case .characters(let set, let counts): return run(set, counts, next)
    case .sequence(let range): return sequence(links[range], next)
    case .alternatives(let range): return alternatives(links[range], next)
    case .group(let child, let counts): return group(child, counts, next)
    }
  }

  private mutating func run(_ set: ByteClass, _ counts: Range<Int>, _ next: Way) -> Way {
    let (least, most) = (counts.lowerBound, counts.upperBound - 1)
    guard most > 0 else { return next }
    let isUncertain = least < most && !set.isDisjoint(with: next.lookahead.characters)
    return add(
      .run(.init(set: set, least: least, most: most, next: next.step, isUncertain: isUncertain)),
      Lookahead(characters: set, canEnd: least == 0).then(next.lookahead))
  }

  private mutating func sequence(_ children: ArraySlice<Int>, _ next: Way) -> Way {
    var way = next
    for child in children.reversed() { way = node(child, way) }
    return way
  }

  private mutating func alternatives(_ children: ArraySlice<Int>, _ next: Way) -> Way {
    guard let first = children.first else { return next }
    var way = node(first, next)
    for child in children.dropFirst() { way = choice(way, node(child, next)) }
    return way
  }

  private mutating func choice(_ first: Way, _ second: Way) -> Way {
    add(.choice(first, second), first.lookahead.or(second.lookahead))
  }

  /// The rounds there must be, then those there may be.
  private mutating func group(_ child: Int, _ counts: Range<Int>, _ next: Way) -> Way {
    if let way = counted(child, counts, next) { return way }
    var way = next
    if counts.upperBound > SimplePattern.unbounded {
      way = loop(child, next)
    } else {
      for _ in counts.dropLast() { way = choice(node(child, way), next) }
    }
    for _ in 0..<counts.lowerBound { way = node(child, way) }
    return way
  }

  /// A group of many rounds as one round and a counter; nil where it has to be spelled out.
  private mutating func counted(_ child: Int, _ counts: Range<Int>, _ next: Way) -> Way? {
    let (least, most) = (counts.lowerBound, counts.upperBound - 1)
    guard !isCounting, most > Self.fewRounds, most < SimplePattern.unbounded else { return nil }
    let round = lookahead(of: child)
    guard !round.canEnd else { return nil }
    isCounting = true
    defer { isCounting = false }
    // Its place is taken first: every round comes back to it, and goes on with another or with what follows.
    let head = add(.end, round.or(next.lookahead))
    steps[head.step] = .rounds(.init(least: least, most: most, round: node(child, head), next: next))
    return add(.enter(next: head.step), least == 0 ? head.lookahead : round)
  }

  private mutating func loop(_ child: Int, _ next: Way) -> Way {
    let round = lookahead(of: child)
    isRefused = isRefused || round.canEnd
    // Its place is taken first: every round comes back to it.
    let loop = add(.end, round.or(next.lookahead))
    steps[loop.step] = .choice(node(child, loop), next)
    return loop
  }

  /// What a node begins with; it can end where it may be empty.
  @inline(never)
  private func lookahead(of index: Int) -> Lookahead {
    switch nodes[index] {
    case .literal(let range):
      let byte = literals[range.lowerBound]
      return Lookahead(characters: ByteClass(byte...byte), canEnd: false)
    case .characters(let set, let counts):
      return Lookahead(characters: counts == 0..<1 ? ByteClass() : set, canEnd: counts.lowerBound == 0)
    case .sequence(let range):
      return links[range].reduce(Lookahead(canEnd: true)) { $0.then(lookahead(of: $1)) }
    case .alternatives(let range):
      return links[range].reduce(Lookahead(canEnd: false)) { $0.or(lookahead(of: $1)) }
    case .group(let child, let counts):
      guard counts != 0..<1 else { return Lookahead(canEnd: true) }
      let inner = lookahead(of: child)
      return counts.lowerBound == 0 ? Lookahead(characters: inner.characters, canEnd: true) : inner
    }
  }
}
