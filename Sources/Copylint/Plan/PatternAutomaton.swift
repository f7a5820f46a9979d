/// A plain pattern as a deterministic automaton over ASCII, whose states are made when a value first reaches them. For
/// one plan alone: it changes while it matches.
///
/// A value costs a look-up a byte, however the pattern's groups and repeats stand within each other.
// INVARIANT: it matches what `SimplePattern` matches. Of values beyond ASCII it knows only that nothing matches.
final class PatternAutomaton {
  private var program: PatternProgram
  /// Bytes that no class of the pattern tells apart are one column; the last is that of bytes beyond ASCII.
  private let columns: UnsafeMutablePointer<UInt8>
  /// One byte of each column but the last.
  private let samples: [UInt8]
  private let width: Int
  /// From one row to the next: the columns, and whether the state is a final one.
  private let stride: Int
  /// A row a state: where the row of the state after each column begins, or why that is not said.
  private var rows: UnsafeMutablePointer<Int32>
  /// States that `rows` has room for.
  private var capacity = 8
  /// What each state stands for: several places of `program` at once.
  private var states = PlaceSets()

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
    samples = program.tellBytesApart(into: columns)
    (columns + 128).initialize(repeating: UInt8(samples.count), count: 128)
    width = samples.count + 1
    stride = samples.count + 2
    rows = .allocate(capacity: capacity * stride)
    program.begin()
    _ = state()
    program.reach(program.start)
    _ = state()
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
    let byte = samples[column]
    program.begin()
    for place in states[state] where program.takes(byte, at: place) { program.reach(place + 1) }
    guard let reached = self.state() else { return nil }
    let row = reached * Int32(stride)
    rows[state * stride + column] = row
    return row
  }

  /// That of the places which the program has reached; nil where there would be too many.
  private func state() -> Int32? {
    if let known = states.number(of: program.reached) { return Int32(known) }
    let number = states.count
    guard number < Self.maxStates else { return nil }
    states.append(program.reached)
    if states.count > capacity { grow() }
    let row = rows + number * stride
    row.initialize(repeating: Self.unknown, count: width - 1)
    row[width - 1] = Self.beyondASCII
    row[width] = program.hasReachedEnd ? 1 : 0
    return Int32(number)
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * capacity * stride)
    larger.update(from: rows, count: capacity * stride)
    rows.deallocate()
    (rows, capacity) = (larger, 2 * capacity)
  }
}
