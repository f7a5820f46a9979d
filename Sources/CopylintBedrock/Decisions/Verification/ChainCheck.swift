/// One chain as it is read: what came last, and what is missing so far. Its memory does not grow with its length.
struct ChainCheck {
  /// A line that was read.
  struct Seen {
    var number: Int
    var digest: LogDigest
    var place: LogPlace
  }

  /// What a line turns out to be, with the line that it is held against.
  enum Fault {
    /// The line is not the one whose digest the next one, which is named, has.
    case changed(Seen, next: Seen)
    /// Numbers that no line has, before the line that is named.
    case removed(ClosedRange<Int>, after: Seen?, before: Seen)
    /// It stands after the line that is named.
    case reordered(Seen, after: Seen)
    /// It is the same as the line that is named.
    case duplicated(Seen, Seen)
    /// It has the number of the line that is named, and another content.
    case inserted(Seen, Seen)
    /// It has a number that was there longer ago; which of the two it is, a second look says.
    case repeated(Seen)
  }

  /// Numbers that were passed over.
  private struct Gap {
    var numbers: ClosedRange<Int>
    /// The digest before the first of them, where it is known.
    var before: LogDigest?
    /// The digest of the last of them, where it is known.
    var after: LogDigest?
    var earlier: Seen?
    var later: Seen
  }

  /// More that claim the same number are reported at once.
  private static let maxClaims = 8

  /// The number of the line that was read first.
  let first: Int
  /// The lines that claim the highest number: one, unless somebody inserted another.
  private var claims: [Seen]
  /// The digest of the line before those.
  private var before: LogDigest?
  private var gaps: [Gap] = []

  /// The first line of a chain that is read. `start` is the digest of the line before it where one is known.
  init(_ line: Seen, previous: LogDigest, start: LogDigest?, _ report: (Fault) -> Void) {
    first = line.number
    claims = [line]
    before = previous
    let known = line.number == 1 ? LogDigest.none : start
    guard line.number > 1, known == nil else {
      if known != previous { report(.changed(line, next: line)) }
      return
    }
    gaps = [Gap(numbers: 1...line.number - 1, before: LogDigest.none, after: previous, earlier: nil, later: line)]
  }

  /// The line with the highest number.
  var last: Seen { claims[0] }

  /// How much is missing, as stretches.
  var gapCount: Int { gaps.count }

  /// Whether a number is missing so far.
  func lacks(_ number: Int) -> Bool { gaps.contains { $0.numbers.contains(number) } }

  /// The next line of the chain in the file.
  mutating func take(_ line: Seen, previous: LogDigest, _ report: (Fault) -> Void) {
    switch line.number - last.number {
    case 1: follow(line, previous, report)
    case 0: claim(line, previous, report)
    case 2...: pass(line, previous)
    default: fill(line, previous, report)
    }
  }

  /// What is wrong still when all has been read.
  func finish(_ report: (Fault) -> Void) {
    for claim in claims.dropFirst() { report(.inserted(claim, last)) }
    for gap in gaps { report(.removed(gap.numbers, after: gap.earlier, before: gap.later)) }
  }

  private mutating func follow(_ line: Seen, _ previous: LogDigest, _ report: (Fault) -> Void) {
    let index = claims.firstIndex { $0.digest == previous }
    if index == nil { report(.changed(last, next: line)) }
    let meant = claims[index ?? 0]
    for claim in claims where claim.place != meant.place { report(.inserted(claim, meant)) }
    claims = [line]
    before = previous
  }

  /// A second line with the highest number: the next one will say which of them is meant.
  private mutating func claim(_ line: Seen, _ previous: LogDigest, _ report: (Fault) -> Void) {
    if let same = claims.first(where: { $0.digest == line.digest }) { return report(.duplicated(line, same)) }
    guard before == previous, claims.count < Self.maxClaims else { return report(.inserted(line, last)) }
    claims.append(line)
  }

  private mutating func pass(_ line: Seen, _ previous: LogDigest) {
    let numbers = last.number + 1...line.number - 1
    gaps.append(Gap(numbers: numbers, before: last.digest, after: previous, earlier: last, later: line))
    claims = [line]
    before = previous
  }

  /// A line with a lower number: one that was missing, or one too many.
  private mutating func fill(_ line: Seen, _ previous: LogDigest, _ report: (Fault) -> Void) {
    guard let index = gaps.firstIndex(where: { $0.numbers.contains(line.number) }) else {
      return report(.repeated(line))
    }
    let gap = gaps.remove(at: index)
    report(.reordered(line, after: last))
    if line.number == gap.numbers.lowerBound, let before = gap.before, before != previous {
      report(.changed(gap.earlier ?? line, next: line))
    }
    if line.number == gap.numbers.upperBound, let after = gap.after, after != line.digest {
      report(.changed(line, next: gap.later))
    }
    if line.number > gap.numbers.lowerBound {
      let numbers = gap.numbers.lowerBound...line.number - 1
      gaps.append(Gap(numbers: numbers, before: gap.before, after: previous, earlier: gap.earlier, later: line))
    }
    if line.number < gap.numbers.upperBound {
      let numbers = line.number + 1...gap.numbers.upperBound
      gaps.append(Gap(numbers: numbers, before: line.digest, after: gap.after, earlier: line, later: gap.later))
    }
  }
}
