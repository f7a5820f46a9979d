/// The chains of gates as they are read back: which lines are theirs, and whether one is missing that counts.
struct LoggedChains {
  private struct Chain {
    /// How many lines it has at least; what those say nobody needs.
    var known: Int
    /// The last that was read.
    var last: Int?
  }

  private var chains: [String: Chain]

  /// Those of these logs.
  init(_ logs: [RecoveryLog]) {
    chains = Dictionary(uniqueKeysWithValues: logs.map { ($0.chain, Chain(known: $0.lines)) })
  }

  func contains(_ chain: String) -> Bool { chains[chain] != nil }

  /// Whether the journal has what a line says.
  func knows(_ place: ChainPlace) -> Bool { chains[place.chain].map { place.number <= $0.known } ?? false }

  /// A gate that does not know what its file has after a line of one of the chains goes on with another one.
  mutating func follow(_ head: ChainHead, as chain: String) {
    if contains(head.chain) { chains[chain] = Chain(known: 0) }
  }

  /// The next line of one of them. Returns, in words, which one is missing before it.
  mutating func take(_ place: ChainPlace) -> String? {
    guard let chain = chains[place.chain] else { return nil }
    chains[place.chain]?.last = place.number
    if let last = chain.last { return place.number == last + 1 ? nil : words(last + 1, place.chain) }
    return place.number <= chain.known + 1 ? nil : words(chain.known + 1, place.chain)
  }

  /// In words, which line is missing when all has been read.
  var fault: String? {
    let short = chains.first { ($0.value.last ?? 0) < $0.value.known }
    return short.map { words(($0.value.last ?? 0) + 1, $0.key) }
  }

  private func words(_ number: Int, _ chain: String) -> String { "it lacks line \(number) of the chain `\(chain)`" }
}
