/// Heads that were kept elsewhere, and which of them the log has.
struct KeptHeads {
  private let all: [ChainHead]
  private let digests: [String: [Int: LogDigest]]
  private var met: Set<ChainHead> = []
  private var mismatches: [String: [Int: LogPlace]] = [:]

  init(_ heads: [ChainHead]) {
    all = heads
    digests = Dictionary(grouping: heads) { $0.chain }.mapValues { heads in
      Dictionary(heads.map { ($0.count, $0.digest) }) { first, _ in first }
    }
  }

  /// Those that no line is.
  var unmet: [ChainHead] { all.filter { !met.contains($0) } }

  /// What was kept of a line.
  func digest(_ chain: String, _ number: Int) -> LogDigest? { digests[chain]?[number] }

  /// Notes a line that was read.
  mutating func meet(_ chain: String, _ number: Int, _ digest: LogDigest, _ place: LogPlace) {
    guard let kept = self.digest(chain, number) else { return }
    if kept == digest {
      met.insert(ChainHead(chain: chain, count: number, digest: digest))
    } else {
      mismatches[chain, default: [:]][number] = place
    }
  }

  /// The line that has the head's number and another digest.
  func mismatch(_ head: ChainHead) -> LogPlace? { mismatches[head.chain]?[head.count] }
}
