import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The lines of one process, each with the digest of the one before it.
struct LogChain {
  let id: String
  /// How many lines it has.
  private(set) var count = 0
  /// The digest of the last one.
  private(set) var digest = LogDigest.none

  init(id: String) { self.id = id }

  /// The last line; nil before the first.
  var head: ChainHead? { count == 0 ? nil : ChainHead(chain: id, count: count, digest: digest) }

  /// What a line says besides its place in the chain: a JSON object.
  static func object(at date: Date, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(capacity: Self.usualBytes)
    writer.object { writer in
      writer.member("time", Timestamp.text(date))
      body(&writer)
    }
    return writer.bytes
  }

  /// Appends the next line for an object that is not empty, with its line feed.
  mutating func append(_ object: [UInt8], to lines: inout [UInt8]) {
    count += 1
    let start = lines.count
    lines.reserveCapacity(start + object.count + Self.placeBytes)
    lines.append("{\"chain\":\"", id, "\",\"n\":", String(count), ",\"previous\":\"")
    digest.append(to: &lines)
    lines.append("\",")
    lines += object[1...]
    digest = LogDigest(of: lines[start...])
    lines.append(0x0A)
  }

  /// How many bytes the next lines have, with their line feeds.
  func bytes(of objects: [[UInt8]]) -> Int {
    let place = "{\"chain\":\"\",\"n\":,\"previous\":\"\",".utf8.count + id.utf8.count + LogDigest.textBytes
    return objects.enumerated().reduce(0) { $0 + place + String(count + $1.offset + 1).utf8.count + $1.element.count }
  }

  /// What most lines are not longer than.
  private static let usualBytes = 1024
  /// What the place in a chain takes of a line at most.
  private static let placeBytes = 192
}

extension [UInt8] {
  fileprivate mutating func append(_ texts: String...) {
    for text in texts { append(contentsOf: text.utf8) }
  }
}
