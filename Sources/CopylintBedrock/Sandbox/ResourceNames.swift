import Copylint

/// A part of an ARN between its colons.
enum ARNPart: Int {
  case account = 4
  case resource = 5

  /// The part, nil where it is empty or the text has too few; the resource takes the rest, colons and all.
  func of(_ arn: ByteString) -> ByteString? {
    let parts = arn.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, !parts[rawValue].isEmpty else { return nil }
    return ByteString(parts[rawValue])
  }
}

/// The ARN of the key that a request names.
enum KeyARN {
  /// Jobs are reported with a key's ARN whatever the request named. Nobody knows what key an alias stands for here, so
  /// it gets one of its own, the same each time.
  static func of(_ key: ByteString, _ owner: JobOwner) -> ByteString {
    if key.starts(with: "arn:") {
      guard let resource = ARNPart.resource.of(key), resource.starts(with: "alias/") else { return key }
      return ByteString(key.bytes.dropLast(resource.count) + keyResource(ofAlias: resource).bytes)
    }
    let resource = key.starts(with: "alias/") ? keyResource(ofAlias: key) : ByteString("key/".utf8 + key.bytes)
    return owner.arn("kms", resource)
  }

  private static func keyResource(ofAlias alias: ByteString) -> ByteString {
    // FNV-1a, 48 bits of it: the same alias has the same key in every run.
    let hash = alias.bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash & 0xFFFF_FFFF_FFFF, radix: 16)
    return ByteString("key/00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.utf8.count) + digits)
  }
}

/// Ids of jobs and models: 12 of `a-z0-9`.
struct ResourceIDs {
  private var generator: SplitMix64
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> ByteString {
    ByteString((0..<12).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)] })
  }
}
