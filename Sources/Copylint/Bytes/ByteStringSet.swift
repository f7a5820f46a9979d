/// Byte strings, each once, with their positions in the order that they came in.
///
/// Few are compared one by one, and nearly every run has few: the first dictionary or set of a type of key makes Swift
/// search every conformance in the program, which is a twentieth of a small check. Many are found by their hashes.
struct ByteStringSet {
  private(set) var elements: [ByteString] = []
  /// Nil while there are few.
  private var hashed: Positions?

  /// How many are compared one by one.
  static let few = 32

  /// A class, so that a set of few is copied without a look at the dictionary's type.
  private final class Positions {
    var positions: [ByteString: Int]

    init(_ elements: [ByteString]) {
      positions = Dictionary(uniqueKeysWithValues: elements.enumerated().map { ($1, $0) })
    }
  }

  init() {}

  init(_ elements: [ByteString]) {
    for element in elements { insert(element) }
  }

  /// Where the element stands; nil for one that is not there.
  func position(of element: ByteString) -> Int? {
    if let hashed { return hashed.positions[element] }
    return elements.firstIndex { $0 == element }
  }

  func contains(_ element: ByteString) -> Bool { position(of: element) != nil }

  /// Adds the element at the end, unless it is there. Where it stands, and whether it is new.
  @discardableResult
  mutating func insert(_ element: ByteString) -> (inserted: Bool, position: Int) {
    if let position = position(of: element) { return (false, position) }
    elements.append(element)
    if elements.count > Self.few { addToHashed(element) }
    return (true, elements.count - 1)
  }

  @inline(never)
  private mutating func addToHashed(_ element: ByteString) {
    // Another set may have the same positions: it goes on without this element.
    if hashed == nil || !isKnownUniquelyReferenced(&hashed) {
      hashed = Positions(elements)
    } else {
      hashed?.positions[element] = elements.count - 1
    }
  }
}
