import Glibc

/// Paths as they are found: in one piece of memory, so that many are sorted without touching each.
struct PathList: ~Copyable {
  private var bytes = ByteBuffer()
  private var places: [Range<Int>] = []

  /// Adds the path of a directory, which ends with a slash unless it is empty, with a name after it.
  mutating func append(_ directory: ByteString, _ name: Span) {
    let start = bytes.count
    bytes.append(directory.bytes)
    bytes.append(span: name)
    places.append(start..<bytes.count)
  }

  /// The paths in the order of their bytes.
  consuming func sorted() -> [ByteString] {
    let all = bytes.span
    places.sort { Self.isBefore(all.part($0.lowerBound, $0.upperBound), all.part($1.lowerBound, $1.upperBound)) }
    return places.map { ByteString(all.part($0.lowerBound, $0.upperBound)) }
  }

  private static func isBefore(_ left: Span, _ right: Span) -> Bool {
    guard let first = left.baseAddress, let second = right.baseAddress else { return left.count < right.count }
    let order = memcmp(first, second, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }
}
