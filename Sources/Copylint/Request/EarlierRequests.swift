import Synchronization

/// The requests of a run so far, by the name they copy to: what `unique-names` compares with.
///
/// Shared by the contexts of one run. Requests are judged one after another, so that the later of two is the one found.
final class EarlierRequests: Sendable {
  /// One request that was judged before.
  struct Entry: Sendable {
    var name: ByteString
    var target: Target
    /// Where its name stands.
    var place: Place
  }

  private let entries = Mutex<[ByteString: [Entry]]>([:])

  /// The requests that copy to this name, in the order they came.
  func named(_ name: ByteString) -> [Entry] { entries.withLock { $0[name] ?? [] } }

  /// Remembers a request; only the first of a name and target counts, so the list stays short.
  func append(_ entry: Entry) {
    entries.withLock { entries in
      let known = entries[entry.name] ?? []
      guard !known.contains(where: { $0.target == entry.target }) else { return }
      entries[entry.name] = known + [entry]
    }
  }
}
