import Copylint

/// The target of a request in origin form (RFC 9112, 3.2.1), in the one spelling that every reader decodes alike.
public struct RequestTarget: Sendable, Equatable {
  /// The path as it was sent, percent-encoded.
  public let path: String
  /// The query as it was sent, without the question mark; empty where there is none.
  public let query: String
  /// The path between its slashes, decoded; none for `/`. An encoded slash does not separate.
  public let segments: [ByteString]
  /// The query's fields in order, decoded.
  public let fields: [Field]

  /// A name and its value, empty where there is no equals sign.
  public struct Field: Sendable, Equatable {
    /// Before the equals sign.
    public let name: ByteString
    /// After it.
    public let value: ByteString
  }

  /// Throws where two readers might take the path for different ones: absolute form, empty or dot segments, encoded
  /// or not, percent-encoding of what needs none or in lower case.
  init(_ target: String) throws(Refusal) {
    let bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/") else {
      throw Refusal(.badRequest, "the target must be a path, not an absolute address")
    }
    guard bytes.allSatisfy(PercentDecoding.isTargetByte) else {
      throw Refusal(.badRequest, "the target holds a byte that must be percent-encoded")
    }
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let rawQuery = bytes[mark...].dropFirst()
    path = String(decoding: bytes[..<mark], as: UTF8.self)
    query = String(decoding: rawQuery, as: UTF8.self)
    segments = try Self.segments(bytes[1..<mark])
    fields = try Self.fields(rawQuery)
  }

  private static func segments(_ path: ArraySlice<UInt8>) throws(Refusal) -> [ByteString] {
    guard !path.isEmpty else { return [] }
    var segments: [ByteString] = []
    for raw in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let segment = PercentDecoding.decodeCanonical(raw) else {
        throw Refusal(.badRequest, "the path is percent-encoded in an uncommon way")
      }
      // Somebody behind this server might decode first and split after.
      for part in segment.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
        guard !part.isEmpty, !part.elementsEqual(".".utf8), !part.elementsEqual("..".utf8) else {
          throw Refusal(.badRequest, "the path has an empty or a dot segment")
        }
      }
      guard !segment.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else {
        throw Refusal(.badRequest, "the path holds a control character or a backslash")
      }
      segments.append(ByteString(segment))
    }
    return segments
  }

  private static func fields(_ query: ArraySlice<UInt8>) throws(Refusal) -> [Field] {
    var fields: [Field] = []
    for pair in query.split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = PercentDecoding.decode(pair[..<equals]),
        let value = PercentDecoding.decode(pair[equals...].dropFirst())
      else { throw Refusal(.badRequest, "the query is not percent-encoded correctly") }
      fields.append(Field(name: ByteString(name), value: ByteString(value)))
    }
    return fields
  }
}
