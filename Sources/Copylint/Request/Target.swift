/// Where a copy goes. It is not in the request: the API takes it from the endpoint that the request is sent to.
struct Target: Equatable, Sendable {
  var region: ByteString?
  var account: ByteString?
}

/// The forms of what a target is made of.
public enum TargetForm {
  /// Whether a value can be a Region, as the API's own ARN pattern has it: 1 to 20 of a-z, 0-9 and `-`.
  public static func isRegionName(_ value: ByteString) -> Bool {
    value.bytes.withUnsafeBufferPointer { isRegionName($0) }
  }

  /// Whether a value can be an account: 12 digits.
  public static func isAccount(_ value: ByteString) -> Bool {
    value.bytes.withUnsafeBufferPointer { isAccount($0) }
  }

  static func isRegionName(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    (1...20).contains(value.count)
      && value.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  static func isAccount(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    value.count == 12 && value.allSatisfy { (0x30...0x39).contains($0) }
  }
}
