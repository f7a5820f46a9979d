import Copylint

/// Reads a log, all of its files in order, and finds what was removed, changed, reordered, duplicated or inserted.
///
/// A chain shows by itself what was done to any of its lines but the last ones; those that were cut off, or a chain that is
/// gone altogether, show against heads that were kept elsewhere. Memory grows with the number of chains, not of lines.
public struct LogVerification {
  /// What was found.
  public struct Result: Sendable {
    /// The files, in the order they were read.
    public var files: [String] = []
    /// How many lines the log wrote.
    public var lines = 0
    /// The last line of every chain, in the order in which they began.
    public var heads: [ChainHead] = []
    /// What is wrong, by place; at most `maxProblems`.
    public var problems: [LogProblem] = []
    /// How much is wrong.
    public var problemCount = 0
    /// Where a line was cut short by a crash.
    public var halfLines: [(path: String, line: Int)] = []
    /// How many lines were cut short.
    public var halfLineCount = 0
  }

  /// Problems that are kept.
  public static let maxProblems = 1000
  /// Stretches of missing lines that are remembered, over all chains.
  static let maxGaps = 10_000

  private let paths: [String]
  private var heads: KeptHeads
  private var chains: [String: ChainCheck] = [:]
  private var order: [String] = []
  private var found: [(place: LogPlace?, problem: LogProblem)] = []
  private var repeated: [(chain: String, line: ChainCheck.Seen)] = []
  private var gapCount = 0
  private var result = Result()

  /// Verifies the files in order, against heads that were kept. Throws where one cannot be read, or none holds anything.
  public static func verify(
    _ files: LogFiles, heads: [ChainHead] = []
  ) throws(DecisionLogError) -> Result {
    let sources = try files.sources()
    var verification = LogVerification(sources.map(\.path), heads)
    try verification.read(sources)
    try verification.lookAgain(sources)
    verification.finish()
    guard verification.result.lines > 0 || verification.result.problemCount > 0 else {
      throw DecisionLogError(path: sources.last?.path ?? "", reason: "there is no line in it")
    }
    return verification.result
  }

  private init(_ paths: [String], _ heads: [ChainHead]) {
    self.paths = paths
    self.heads = KeptHeads(heads)
    result.files = paths
  }

  // MARK: Reading

  private mutating func read(_ sources: [LogFiles.Source]) throws(DecisionLogError) {
    for (file, source) in sources.enumerated() {
      var (reader, number) = (try source.reader(), 0)
      while let line = try reader.next(), gapCount <= Self.maxGaps {
        number += 1
        take(line, LogPlace(file: file, line: number))
      }
    }
  }

  private mutating func take(_ line: LogLineReader.Line, _ place: LogPlace) {
    switch line {
    case .tooLong: report(.inserted, place, nil, "the line is longer than any that the log writes")
    case .line(let bytes), .open(let bytes): take(LogLine(bytes), place)
    }
  }

  private mutating func take(_ line: LogLine, _ place: LogPlace) {
    switch line {
    case .record(let position, let digest): take(position, digest, place)
    case .half: addHalfLine(place)
    case .foreign(let reason): report(.inserted, place, nil, "the log does not write such a line: \(reason)")
    }
  }

  private mutating func take(_ position: ChainPlace, _ digest: LogDigest, _ place: LogPlace) {
    result.lines += 1
    heads.meet(position.chain, position.number, digest, place)
    let line = ChainCheck.Seen(number: position.number, digest: digest, place: place)
    var faults: [ChainCheck.Fault] = []
    if var chain = chains[position.chain] {
      // Taken out while it changes, so that it is not copied.
      chains[position.chain] = nil
      gapCount -= chain.gapCount
      chain.take(line, previous: position.previous) { faults.append($0) }
      gapCount += chain.gapCount
      chains[position.chain] = chain
    } else {
      let start = heads.digest(position.chain, position.number - 1)
      let chain = ChainCheck(line, previous: position.previous, start: start) { faults.append($0) }
      gapCount += chain.gapCount
      chains[position.chain] = chain
      order.append(position.chain)
    }
    for fault in faults { report(fault, position.chain) }
  }

  private mutating func addHalfLine(_ place: LogPlace) {
    result.halfLineCount += 1
    guard result.halfLines.count < Self.maxProblems else { return }
    result.halfLines.append((paths[place.file], place.line))
  }

  /// Finds, for lines that have a number that was there before, whether they are copies.
  private mutating func lookAgain(_ sources: [LogFiles.Source]) throws(DecisionLogError) {
    var open = Dictionary(grouping: repeated) { ChainHead(chain: $0.chain, count: $0.line.number, digest: .none) }
    for (file, source) in sources.enumerated() where !open.isEmpty {
      var (reader, number) = (try source.reader(), 0)
      while let line = try reader.next() {
        number += 1
        guard let bytes = line.bytes, let place = ChainPlace(bytes) else { continue }
        let key = ChainHead(chain: place.chain, count: place.number, digest: .none)
        guard let lines = open.removeValue(forKey: key) else { continue }
        let original = ChainCheck.Seen(
          number: place.number, digest: LogDigest(of: bytes), place: LogPlace(file: file, line: number))
        for (chain, line) in lines { report(line, heldAgainst: original, chain) }
      }
    }
  }

  /// A line that has a number that was there before, or that files have which were put elsewhere.
  private mutating func report(_ line: ChainCheck.Seen, heldAgainst original: ChainCheck.Seen, _ chain: String) {
    if line.place == original.place {
      report(
        .inserted, line.place, chain, "line \(line.number) belongs before the first one of its chain in these files")
    } else {
      report(line.digest == original.digest ? .duplicated(line, original) : .inserted(line, original), chain)
    }
  }

  // MARK: What is wrong

  private mutating func finish() {
    for name in order {
      guard let chain = chains[name] else { continue }
      var faults: [ChainCheck.Fault] = []
      chain.finish { faults.append($0) }
      for fault in faults { report(fault, name) }
      result.heads.append(ChainHead(chain: name, count: chain.last.number, digest: chain.last.digest))
    }
    for head in heads.unmet { report(head) }
    if gapCount > Self.maxGaps {
      report(.removed, nil, nil, "lines are missing in more than \(Self.maxGaps) places; the rest was not read")
    }
    found.sort { left, right in
      guard let one = left.place, let other = right.place else { return left.place != nil && right.place == nil }
      return one < other
    }
    result.problems = found.map(\.problem)
  }

  private mutating func report(_ head: ChainHead) {
    let name = head.chain
    guard let chain = chains[name] else {
      let lines = head.count == 1 ? "1 line" : "\(head.count) lines"
      return report(.cut, nil, name, "the chain is not there, and it had \(lines)")
    }
    if chain.last.number < head.count {
      return report(
        .cut, chain.last.place, name,
        "line \(chain.last.number) is the last one of the chain, and there was a line \(head.count)")
    }
    // What is missing is reported already, and what stood in files that were put elsewhere cannot be looked at.
    guard head.count >= chain.first, !chain.lacks(head.count) else { return }
    report(
      .changed, heads.mismatch(head), name, "line \(head.count) was changed: it is not the one whose digest was kept")
  }

  private mutating func report(_ fault: ChainCheck.Fault, _ chain: String) {
    switch fault {
    case .changed(let line, let next) where line.place == next.place:
      let start = line.number == 1 ? "it is the first one of its chain" : "it does not follow the head that was kept"
      report(.changed, line.place, chain, "line \(line.number) was changed: \(start), and says otherwise")
    case .changed(let line, let next):
      report(
        .changed, line.place, chain,
        "line \(line.number) was changed: the next one, \(shown(next.place)), has the digest of another")
    case .removed(let numbers, let earlier, let later):
      report(
        .removed, later.place, chain, "\(Self.words(numbers)) missing before this one",
        help: earlier == nil
          ? "where older files were put elsewhere, name them too, or give the head that they end with (`--head`)" : nil)
    case .reordered(let line, let later):
      report(
        .reordered, line.place, chain, "line \(line.number) stands after line \(later.number), \(shown(later.place))")
    case .duplicated(let line, let original):
      report(.duplicated, line.place, chain, "line \(line.number) stands twice, first \(shown(original.place))")
    case .inserted(let line, let original):
      report(
        .inserted, line.place, chain,
        "the line is not the one with the number \(line.number), which stands \(shown(original.place))")
    case .repeated(let line):
      // Beyond what is kept it only counts.
      guard repeated.count < Self.maxProblems else { return result.problemCount += 1 }
      repeated.append((chain, line))
    }
  }

  private mutating func report(
    _ kind: LogProblem.Kind, _ place: LogPlace?, _ chain: String?, _ message: String, help: String? = nil
  ) {
    result.problemCount += 1
    guard found.count < Self.maxProblems else { return }
    let problem = LogProblem(
      kind: kind, place: place.map { (paths[$0.file], $0.line) }, chain: chain, message: Escaping.visible(message),
      help: help)
    found.append((place, problem))
  }

  private static func words(_ numbers: ClosedRange<Int>) -> String {
    numbers.count == 1
      ? "line \(numbers.lowerBound) is" : "lines \(numbers.lowerBound) to \(numbers.upperBound) are"
  }

  private func shown(_ place: LogPlace) -> String { "\(paths[place.file]):\(place.line)" }
}
