/// The address of a value within a JSON text (RFC 6901).
public struct JSONPointer: Hashable, Sendable {
  /// One step down.
  public enum Token: Hashable, Sendable {
    /// Into an object, by the unescaped member name.
    case key(ByteString)
    /// Into an array, 0-based.
    case index(Int)
  }

  /// The steps from the root; none for the whole text.
  public var tokens: [Token]

  /// The address these steps lead to.
  public init(_ tokens: [Token] = []) { self.tokens = tokens }

  /// The address of a member of the object at this address.
  @inline(never)
  public func appending(_ key: ByteString) -> JSONPointer { JSONPointer(tokens + [.key(key)]) }
  /// The address of an element of the array at this address.
  @inline(never)
  public func appending(_ index: Int) -> JSONPointer { JSONPointer(tokens + [.index(index)]) }
  /// The address reached by going on from here.
  @inline(never)
  public func appending(_ other: JSONPointer) -> JSONPointer { JSONPointer(tokens + other.tokens) }

  /// The address as RFC 6901 writes it: `~` is `~0` and `/` is `~1`.
  public var description: ByteString {
    var text = ByteBuffer()
    for token in tokens {
      text.append(UInt8(ascii: "/"))
      switch token {
      case .index(let index): text.append(decimal: index)
      case .key(let key): for byte in key.bytes { Self.append(byte, to: &text) }
      }
    }
    return ByteString(text.span)
  }

  private static func append(_ byte: UInt8, to text: inout ByteBuffer) {
    switch byte {
    case UInt8(ascii: "~"): text.append("~0")
    case UInt8(ascii: "/"): text.append("~1")
    default: text.append(byte)
    }
  }
}
