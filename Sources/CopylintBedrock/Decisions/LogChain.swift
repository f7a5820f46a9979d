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
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("time", Timestamp.text(date))
      body(&writer)
    }
    return writer.bytes
  }

  /// The next line for an object that is not empty, without the line feed.
  mutating func append(_ object: [UInt8]) -> [UInt8] {
    count += 1
    var line = Array("{\"chain\":\"\(id)\",\"n\":\(count),\"previous\":\"\(digest.hexadecimal)\",".utf8)
    line += object.dropFirst()
    digest = LogDigest(of: line)
    return line
  }
}
