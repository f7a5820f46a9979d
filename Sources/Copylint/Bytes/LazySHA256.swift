import Synchronization

/// The SHA-256 of bytes, worked out when it is first asked for: most runs never ask.
final class LazySHA256: Sendable {
  private let bytes: [UInt8]
  private let digits: Mutex<String?>

  init(of bytes: [UInt8]) {
    self.bytes = bytes
    digits = Mutex(nil)
  }

  /// One that is known already.
  init(hexadecimal: String) {
    bytes = []
    digits = Mutex(hexadecimal)
  }

  /// 64 lowercase hexadecimal digits.
  var hexadecimal: String {
    digits.withLock { digits in
      if let digits { return digits }
      let made = SHA256Digest.hexadecimal(bytes)
      digits = made
      return made
    }
  }
}
