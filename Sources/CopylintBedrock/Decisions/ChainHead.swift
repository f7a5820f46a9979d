/// Which line a chain had as its last, and what it said: kept elsewhere, it shows later whether lines were cut off.
public struct ChainHead: Sendable, Hashable {
  /// The chain: letters, digits and `-`.
  public let chain: String
  /// Its number of lines, at least 1.
  public let count: Int
  let digest: LogDigest

  init(chain: String, count: Int, digest: LogDigest) {
    self.chain = chain
    self.count = count
    self.digest = digest
  }

  /// SHA-256 of the line without its line feed, 64 hexadecimal digits.
  public var sha256: String { digest.hexadecimal }

  /// From `CHAIN:N:SHA256`; nil for all else.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isChain(parts[0]), let count = Self.count(parts[1]),
      let digest = LogDigest(hexadecimal: parts[2])
    else { return nil }
    self.init(chain: String(decoding: parts[0], as: UTF8.self), count: count, digest: digest)
  }

  /// Whether bytes can name a chain.
  static func isChain<Bytes: Collection>(_ bytes: Bytes) -> Bool where Bytes.Element == UInt8 {
    (1...64).contains(bytes.count)
      && bytes.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
      }
  }

  /// The number of a line: decimal digits without a leading zero.
  static func count<Bytes: Collection>(_ digits: Bytes) -> Int? where Bytes.Element == UInt8 {
    guard (1...18).contains(digits.count), digits.first != 0x30 else { return nil }
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }
}

extension ChainHead: CustomStringConvertible {
  /// `CHAIN:N:SHA256`
  public var description: String { "\(chain):\(count):\(sha256)" }
}
