/// Where every name and value of a JSON text stands, by one linear scan.
///
/// Built only when a finding needs a place: most requests have none. The text must be one that `JSONScanner` accepts.
struct SourceMap {
  /// What of a member is meant.
  enum Part {
    case key
    case value
  }

  struct Node {
    var key: Range<Int>?
    var value: Range<Int>
    var firstChild = -1
    var nextSibling = -1
  }

  private(set) var nodes: [Node] = []
  private let text: JSONText
  /// The children of containers that were asked for one far behind, by their node.
  private var indexes: [Int: ChildIndex] = [:]

  /// The children of one container: many findings in a large one must not take a walk each.
  private struct ChildIndex {
    /// Of an array.
    var elements: [Int] = []
    /// Of an object.
    var members: [ByteString: Int] = [:]
  }

  /// A child among the first ones is found by a walk.
  private static let walked = 16

  init(_ text: JSONText) {
    self.text = text
    nodes = text.file.bytes.withUnsafeBufferPointer { SourceMapBuilder.nodes($0, text.range) }
  }

  /// The bytes of what an address leads to, quotes included; nil when there is no such value.
  mutating func range(of pointer: JSONPointer, _ part: Part) -> Range<Int>? {
    guard var index = nodes.indices.first else { return nil }
    for token in pointer.tokens {
      guard let child = child(of: index, token) else { return nil }
      index = child
    }
    switch part {
    case .value: return nodes[index].value
    case .key: return nodes[index].key ?? nodes[index].value
    }
  }

  /// The innermost value that holds a byte.
  func innermost(containing offset: Int) -> Range<Int>? {
    nodes.filter { $0.value.contains(offset) }.map(\.value).min { $0.count < $1.count }
  }

  /// The first member whose name already stands in its object, with the range of the first.
  func firstDuplicate() -> (first: Range<Int>, second: Range<Int>, name: ByteString)? {
    for node in nodes where node.firstChild >= 0 {
      var seen: [ByteString: Range<Int>] = [:]
      for child in children(of: node) {
        guard let key = nodes[child].key else { break }
        let name = unescaped(key)
        if let first = seen[name] { return (first, key, name) }
        seen[name] = key
      }
    }
    return nil
  }

  private func children(of node: Node) -> some Sequence<Int> {
    sequence(first: node.firstChild) { nodes[$0].nextSibling >= 0 ? nodes[$0].nextSibling : nil }
  }

  private mutating func child(of parent: Int, _ token: JSONPointer.Token) -> Int? {
    var child = nodes[parent].firstChild
    guard child >= 0 else { return nil }
    if case .index = token, nodes[child].key != nil { return nil }
    for number in 0..<Self.walked {
      if isMeant(child, number, token) { return child }
      child = nodes[child].nextSibling
      guard child >= 0 else { return nil }
    }
    let index = index(of: parent)
    switch token {
    case .index(let wanted): return index.elements.indices.contains(wanted) ? index.elements[wanted] : nil
    case .key(let name): return index.members[name]
    }
  }

  private func isMeant(_ child: Int, _ number: Int, _ token: JSONPointer.Token) -> Bool {
    switch token {
    case .index(let wanted): wanted == number
    case .key(let name): nodes[child].key.map { isKey($0, name) } ?? false
    }
  }

  private func isKey(_ range: Range<Int>, _ name: ByteString) -> Bool {
    text.file.bytes.withUnsafeBufferPointer { bytes in
      let key = bytes.part(range.lowerBound + 1, range.upperBound - 1)
      guard key.offset(of: UInt8(ascii: "\\")) == nil else { return JSONBytes.unescape(bytes, range) == name }
      return key.isSame(as: name)
    }
  }

  private mutating func index(of parent: Int) -> ChildIndex {
    if let known = indexes[parent] { return known }
    var index = ChildIndex()
    for child in children(of: nodes[parent]) {
      if let key = nodes[child].key { index.members[unescaped(key)] = child } else { index.elements.append(child) }
    }
    indexes[parent] = index
    return index
  }

  private func unescaped(_ range: Range<Int>) -> ByteString {
    text.file.bytes.withUnsafeBufferPointer { JSONBytes.unescape($0, range) }
  }
}
