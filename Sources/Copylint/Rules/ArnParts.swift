/// The six parts of a value that may be an ARN, with where each stands.
struct ArnParts {
  let value: ByteString
  /// Byte ranges of the six parts; the last takes all further colons.
  let ranges: [Range<Int>]

  /// Nil when there are fewer than six parts.
  init?(_ value: ByteString) {
    self.value = value
    ranges = value.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false).map(
      \.indices)
    guard ranges.count == 6 else { return nil }
  }

  func text(_ part: Int) -> ByteString { ByteString(value.bytes[ranges[part]]) }

  func fault(_ part: Int, _ noun: String, _ expected: String) -> ArnFault { fault(ranges[part], noun, expected) }

  func fault(_ range: Range<Int>, _ noun: String, _ expected: String) -> ArnFault {
    let found = ByteString(value.bytes[range])
    let message =
      found.isEmpty ? "the \(noun) of the ARN is empty" : "the \(noun) of the ARN is \(Escaping.quoted(found))"
    return ArnFault(message: message, help: "expected \(expected)", range: range)
  }

  /// What is wrong before the account, which the two ARNs of a request have in common.
  func commonFault(service: ByteString, isRegion: (ByteString) -> Bool) -> ArnFault? {
    guard text(0) == "arn" else { return fault(0, "first part", "`arn`") }
    let partition = text(1)
    guard partition == "aws" || (partition.starts(with: "aws-") && partition.count > 4) else {
      return fault(1, "partition", "`aws`, or another that begins with `aws-`, such as `aws-us-gov`")
    }
    guard text(2) == service else { return fault(2, "service", Escaping.quoted(service)) }
    guard isRegion(text(3)) else {
      return fault(3, "Region", "a Region such as `eu-west-1`: lowercase letters, digits and `-`")
    }
    return nil
  }
}
