import Synchronization

/// Counts the requests of a run that are alike: of one path, source model and name. The fingerprints of the second
/// differ from those of the first by it.
///
/// Identities are kept as 64-bit hashes of a seed of the run's own, and not without bound: see `Overflow`.
final class RequestOrdinals: Sendable {
  private let table = Mutex(Table())

  /// How many requests of this identity came before; counts this one.
  func next(_ identity: Identity) -> Int { table.withLock { $0.next(identity.hash) } }

  /// The same for several, one after another; 0 for what is no request.
  func next(_ identities: [Identity?], into ordinals: inout [Int]) {
    table.withLock { table in
      for identity in identities { ordinals.append(identity.map { table.next($0.hash) } ?? 0) }
    }
  }

  /// What a request is known by.
  struct Identity {
    fileprivate let hash: UInt64

    /// Absent members are as empty ones.
    init(path: ByteString, source: UnsafeBufferPointer<UInt8>, name: UnsafeBufferPointer<UInt8>) {
      self.init(IdentityPath(path), source: source, name: name)
    }

    init(_ path: IdentityPath, source: UnsafeBufferPointer<UInt8>, name: UnsafeBufferPointer<UInt8>) {
      var hasher = path.hasher
      hasher.combine(source.count)
      hasher.combine(bytes: UnsafeRawBufferPointer(source))
      hasher.combine(bytes: UnsafeRawBufferPointer(name))
      hash = UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }

  /// The path that identities have in common.
  struct IdentityPath {
    fileprivate var hasher = Hasher()

    init(_ path: ByteString) {
      hasher.combine(path.count)
      path.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  /// Open addressing; a hash of 0 is a free slot.
  private struct Table {
    private var hashes: [UInt64] = Array(repeating: 0, count: 1 << 8)
    /// The greatest number stands for those in `many`.
    private var counts: [UInt16] = Array(repeating: 0, count: 1 << 8)
    private var many: [UInt64: Int] = [:]
    private var used = 0
    private var overflow: Overflow?

    private static let maxSlots = 1 << 18

    mutating func next(_ hash: UInt64) -> Int {
      let hash = max(hash, 1)
      if used * 4 > hashes.count * 3, hashes.count < Self.maxSlots { grow() }
      let slot = slot(hash)
      if hashes[slot] == 0 {
        guard used * 4 <= Self.maxSlots * 3 else { return next(beyond: hash) }
        hashes[slot] = hash
        used += 1
      }
      guard counts[slot] < .max else {
        let before = many[hash] ?? Int(UInt16.max)
        many[hash] = before + 1
        return before
      }
      counts[slot] += 1
      return Int(counts[slot]) - 1
    }

    private mutating func next(beyond hash: UInt64) -> Int {
      if overflow == nil { overflow = Overflow() }
      return overflow?.next(hash) ?? 0
    }

    private func slot(_ hash: UInt64) -> Int {
      var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
      while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & (hashes.count - 1) }
      return slot
    }

    /// By steps so large that the table before does not weigh beside the new one.
    private mutating func grow() {
      let old = (hashes, counts)
      let size = min(old.0.count * 16, Self.maxSlots)
      hashes = Array(repeating: 0, count: size)
      counts = Array(repeating: 0, count: size)
      for (hash, count) in zip(old.0, old.1) where hash != 0 {
        let slot = slot(hash)
        (hashes[slot], counts[slot]) = (hash, count)
      }
    }
  }

  /// What comes after some 200,000 different identities: a Bloom filter knows for sure that a request is the first of
  /// its kind. One that may be another gets a number of its own, so that no two fingerprints are equal, though it may
  /// be another number when lines move.
  private struct Overflow {
    private var bits: [UInt64] = Array(repeating: 0, count: 1 << 17)
    private var repeats = 0

    mutating func next(_ hash: UInt64) -> Int {
      let isNew = [insert(hash), insert(hash >> 32 | hash << 32)].contains(true)
      guard !isNew else { return 0 }
      repeats += 1
      return Int(UInt32.max) + repeats
    }

    /// Whether the bit was not set.
    private mutating func insert(_ hash: UInt64) -> Bool {
      let word = Int(truncatingIfNeeded: hash >> 6) & (bits.count - 1)
      let bit: UInt64 = 1 << (hash & 63)
      defer { bits[word] |= bit }
      return bits[word] & bit == 0
    }
  }
}
