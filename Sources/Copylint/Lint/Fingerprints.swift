/// Gives each finding of a request its fingerprint.
struct Fingerprints {
  private let origin: Fingerprint.Origin
  private var counts: [Fingerprint.Identity: Int] = [:]

  /// `ordinal` counts the requests of the same path, source model and name that came before in the run.
  init(_ copy: CopyRequest, path: ByteString, ordinal: Int) {
    origin = Fingerprint.Origin([
      path, copy.sourceModelArn.value ?? "", copy.targetModelName.value ?? "", ByteString(String(ordinal)),
    ])
  }

  /// For a file of the policy itself, such as one of waivers.
  init(policyFile path: ByteString) { origin = Fingerprint.Origin([path]) }

  /// The fingerprint of the next finding.
  mutating func next(rule: String, subject: ByteString, value: ByteString?) -> Fingerprint {
    let identity = Fingerprint.Identity(rule: ByteString(rule), subject: subject, value: value ?? "")
    let repeats = counts[identity, default: 0]
    counts[identity] = repeats + 1
    return Fingerprint(origin: origin, identity: identity, repeats: repeats)
  }
}
