/// An Amazon Resource Name: `arn:partition:service:region:account:resource`
/// (AWS General Reference, Amazon Resource Names). The resource may hold further colons.
struct ARN: Equatable, Sendable {
  var partition: ByteString
  var service: ByteString
  var region: ByteString
  var account: ByteString
  var resource: ByteString

  /// Splits at the first five colons; nil when there are fewer, or when it does not begin with `arn:`.
  init?(_ value: ByteString) {
    let parts = value.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].elementsEqual("arn".utf8) else { return nil }
    partition = ByteString(parts[1])
    service = ByteString(parts[2])
    region = ByteString(parts[3])
    account = ByteString(parts[4])
    resource = ByteString(parts[5])
  }
}
