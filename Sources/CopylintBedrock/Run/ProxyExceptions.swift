import Copylint

/// The hosts that are reached through no proxy, of `NO_PROXY` and `no_proxy`.
///
/// Some programs read one of the two, some the other, some both and believe the lowercase one; whichever is missing gets
/// the other's entries, so that setting it takes no exception away.
struct ProxyExceptions {
  private let upper: ByteString?
  private let lower: ByteString?

  init(_ variables: [EnvironmentVariable]) {
    // Of a name that stands twice, `getenv` finds the first.
    upper = variables.first { $0.name == "NO_PROXY" }?.value
    lower = variables.first { $0.name == "no_proxy" }?.value
  }

  /// Both variables, with this machine among the exceptions.
  var withLoopback: [EnvironmentVariable] {
    [
      EnvironmentVariable("NO_PROXY", Self.addingLoopback(to: upper ?? lower)),
      EnvironmentVariable("no_proxy", Self.addingLoopback(to: lower ?? upper)),
    ]
  }

  private static let loopback: [ByteString] = ["127.0.0.1", "localhost"]

  private static func addingLoopback(to list: ByteString?) -> ByteString {
    let list = list?.bytes ?? []
    // `*` is every host, but to many programs only where nothing stands beside it, not even a blank.
    guard list != [UInt8(ascii: "*")] else { return "*" }
    let entries = list.split(separator: UInt8(ascii: ",")).map { trimmed($0) }
    let missing = loopback.filter { !entries.contains($0) }.map(\.bytes)
    return ByteString(((entries.allSatisfy(\.isEmpty) ? [] : [list]) + missing).joined(separator: [UInt8(ascii: ",")]))
  }

  private static func trimmed(_ entry: ArraySlice<UInt8>) -> ByteString {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let start = entry.drop(while: isSpace)
    return ByteString(start.reversed().drop(while: isSpace).reversed())
  }
}
