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

  private let entries: Mutex<[ByteString: [Entry]]>

  /// With some requests before the first.
  init(_ entries: [Entry] = []) { self.entries = Mutex(Dictionary(grouping: entries, by: \.name)) }

  /// The requests that copy to this name, in the order they came.
  func named(_ name: ByteString) -> [Entry] { entries.withLock { $0[name] ?? [] } }

  /// Remembers a request; only the first of a name and target counts, so the list stays short and its place is
  /// asked for only then.
  func append(_ name: ByteString, _ target: Target, place: () -> Place) {
    entries.withLock { entries in
      let known = entries[name] ?? []
      guard !known.contains(where: { $0.target == target }) else { return }
      entries[name] = known + [Entry(name: name, target: target, place: place())]
    }
  }
}
