/// The requests of a chunk, judged but for how many before them were alike: that is known when it is the chunk's turn.
struct ChunkDraft: ~Copyable {
  /// A request that was not just counted.
  enum Entry {
    /// By position in `drafts`.
    case draft(Int)
    /// Written up to an offset of the output.
    case line(OpenFingerprints.Request, end: Int)
    case counted
    /// By position in the batch.
    case file(Int)
  }

  private(set) var entries: [Entry] = []
  /// What each of them is known by; nil for what is no request.
  private(set) var identities: [RequestOrdinals.Identity?] = []
  /// How many requests were like each of them before, once that is known.
  var ordinals: [Int] = []
  /// With the position of the file in its batch.
  private(set) var drafts: [(draft: RequestJudge.Draft, file: Int)] = []
  var told = ToldFindings()
  /// Of the requests that nothing more is to be said of, and of those whose lines are written.
  var counts = RequestCounts()

  /// Forgets everything, and keeps the memory.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    told.fingerprints.removeAll()
    counts = RequestCounts()
  }

  mutating func add(_ draft: RequestJudge.Draft, file: Int = 0) {
    add(.draft(drafts.count), draft.identity)
    drafts.append((draft, file))
  }

  mutating func add(_ entry: Entry, _ identity: RequestOrdinals.Identity?) {
    entries.append(entry)
    identities.append(identity)
  }

  /// Gives the memory of the drafts back: they are few, and large.
  mutating func removeDrafts() { drafts = [] }
}
