/// What patterns that are matched by turns share. For one plan alone: it changes while it is used.
final class PatternWorkspace {
  /// Where an attempt has come to, and down to where it may go back before it goes on from there.
  struct Place {
    /// How far the step is from the first, in bytes.
    var step: Int32
    var at: Int
    var least: Int
  }

  /// For each byte the classes that it is in, a bit for each class.
  let classBits = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
  private var classes: [ByteClass] = []
  /// Whether a class found no bit left.
  private(set) var isFull = false
  /// Room for the ways that an attempt has not taken.
  let retries = UnsafeMutablePointer<Place>.allocate(capacity: PatternWorkspace.mostRetries)

  static let mostRetries = 16

  init() { classBits.initialize(repeating: 0, count: 256) }

  deinit {
    classBits.deallocate()
    retries.deallocate()
  }

  /// The bit of a class; nil where there are too many of them.
  func bit(of set: ByteClass) -> UInt32? {
    if let known = classes.firstIndex(of: set) { return 1 << UInt32(known) }
    guard classes.count < UInt32.bitWidth else {
      isFull = true
      return nil
    }
    let bit: UInt32 = 1 << UInt32(classes.count)
    classes.append(set)
    set.forEach { classBits[Int($0)] |= bit }
    return bit
  }
}
