/// Builds the nodes of a source map from a text that is known to be valid.
struct SourceMapBuilder {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var at: Int
  private var nodes: [SourceMap.Node] = []
  /// The open containers, each with its last child.
  private var open: [(node: Int, lastChild: Int)] = []
  private var key: Range<Int>?

  static func nodes(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [SourceMap.Node] {
    var builder = SourceMapBuilder(bytes: bytes, end: range.upperBound, at: range.lowerBound)
    while builder.at < builder.end { builder.step() }
    return builder.nodes
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, end: Int, at: Int) {
    (self.bytes, self.end, self.at) = (bytes, end, at)
    // As many values as most texts of this length have.
    nodes.reserveCapacity((end - at) / 24)
    open.reserveCapacity(4)
  }

  private mutating func step() {
    let start = at
    switch bytes[at] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      at += 1
      open.append((add(start..<at), -1))
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      at += 1
      if let closed = open.popLast() { nodes[closed.node].value = nodes[closed.node].value.lowerBound..<at }
    case UInt8(ascii: "\""):
      skipString()
      if isFollowedByColon { key = start..<at } else { _ = add(start..<at) }
    case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09: at += 1
    default:
      while at < end, !Self.endsScalar(bytes[at]) { at += 1 }
      _ = add(start..<at)
    }
  }

  /// Adds a value to the innermost container; returns its index.
  private mutating func add(_ range: Range<Int>) -> Int {
    let index = nodes.count
    nodes.append(SourceMap.Node(key: key, value: range))
    key = nil
    guard let parent = open.last else { return index }
    if parent.lastChild < 0 {
      nodes[parent.node].firstChild = index
    } else {
      nodes[parent.lastChild].nextSibling = index
    }
    open[open.count - 1].lastChild = index
    return index
  }

  private mutating func skipString() {
    at += 1
    while at < end, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    at = min(at + 1, end)
  }

  /// Only a member name is followed by a colon.
  private var isFollowedByColon: Bool {
    var index = at
    while index < end, Self.isSpace(bytes[index]) { index += 1 }
    return index < end && bytes[index] == UInt8(ascii: ":")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09: true
    default: false
    }
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: isSpace(byte)
    }
  }
}
