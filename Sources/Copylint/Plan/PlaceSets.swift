/// Sets of places in a program, each once, with their numbers in the order that they came in. They lie in one array, and
/// are few: no more than a look at the hash of each.
struct PlaceSets {
  private var places: [Int32] = []
  /// Where the places of each set end.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []

  var count: Int { ends.count }

  /// The places of a set.
  subscript(number: Int) -> ArraySlice<Int32> { places[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

  /// The number of a set, given by its places in ascending order; nil for one that is not there.
  func number(of set: [Int32]) -> Int? {
    let hash = Self.hash(set)
    return hashes.indices.first { hashes[$0] == hash && self[$0].elementsEqual(set) }
  }

  /// Adds a set that is not there.
  mutating func append(_ set: [Int32]) {
    places += set
    ends.append(places.count)
    hashes.append(Self.hash(set))
  }

  /// FNV-1a by whole places. Sets that share a hash are told apart by their places.
  private static func hash(_ set: [Int32]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in set { hash = (hash ^ UInt64(truncatingIfNeeded: place)) &* 0x100_0000_01B3 }
    return hash
  }
}
