/// Gives each finding of a run an identity that lasts when lines move: rule, path, request, subject and value.
struct Fingerprints {
  /// How many requests of the same path, source model and name there were.
  private var ordinals: [ByteString: Int] = [:]
  private var request: [UInt8] = []
  /// How often the same identity came up within the request.
  private var repeats: [String: Int] = [:]

  /// Goes on to the next request of the run.
  mutating func begin(_ copy: CopyRequest, path: ByteString) {
    var identity: [UInt8] = []
    for part in [path, copy.sourceModelArn.value ?? "", copy.targetModelName.value ?? ""] {
      Self.append(part.bytes, to: &identity)
    }
    let ordinal = ordinals[ByteString(identity), default: 0]
    ordinals[ByteString(identity)] = ordinal + 1
    Self.append(Array(String(ordinal).utf8), to: &identity)
    request = identity
    repeats = [:]
  }

  /// Goes on to a file of the policy itself, such as one of waivers.
  mutating func begin(policyFile path: ByteString) {
    request = []
    Self.append(path.bytes, to: &request)
    repeats = [:]
  }

  /// The fingerprint of a finding of the current request, 64 hexadecimal digits. No two are equal within a run.
  mutating func fingerprint(rule: String, subject: ByteString, value: ByteString?) -> String {
    var bytes = request
    Self.append(Array(rule.utf8), to: &bytes)
    Self.append(subject.bytes, to: &bytes)
    Self.append(value?.bytes ?? [], to: &bytes)
    let digest = SHA256Digest.hexadecimal(bytes)
    let count = repeats[digest, default: 0]
    repeats[digest] = count + 1
    guard count > 0 else { return digest }
    return SHA256Digest.hexadecimal(bytes + Array("#\(count)".utf8))
  }

  /// Length first, so that no two lists of parts run together into the same bytes.
  private static func append(_ part: [UInt8], to bytes: inout [UInt8]) {
    bytes += Array("\(part.count):".utf8) + part
  }
}
