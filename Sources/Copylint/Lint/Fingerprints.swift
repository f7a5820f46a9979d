/// Gives each finding of a request an identity that lasts when lines move: rule, path, request, subject and value.
struct Fingerprints {
  private let request: [UInt8]
  /// How often the same identity came up within the request.
  private var repeats: [String: Int] = [:]

  /// `ordinal` counts the requests of the same path, source model and name that came before in the run.
  init(_ copy: CopyRequest, path: ByteString, ordinal: Int) {
    var identity: [UInt8] = []
    for part in [path, copy.sourceModelArn.value ?? "", copy.targetModelName.value ?? ""] {
      Self.append(part.bytes, to: &identity)
    }
    Self.append(Array(String(ordinal).utf8), to: &identity)
    request = identity
  }

  /// For a file of the policy itself, such as one of waivers.
  init(policyFile path: ByteString) {
    var identity: [UInt8] = []
    Self.append(path.bytes, to: &identity)
    request = identity
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
  static func part(_ part: [UInt8]) -> [UInt8] { Array("\(part.count):".utf8) + part }

  private static func append(_ part: [UInt8], to bytes: inout [UInt8]) { bytes += self.part(part) }
}
