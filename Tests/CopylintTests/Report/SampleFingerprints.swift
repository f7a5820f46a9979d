@testable import Copylint

extension Fingerprint {
  /// That of a finding in a report that no run made.
  static func sample(rule: String, subject: ByteString) -> Fingerprint {
    var fingerprints = Fingerprints(policyFile: "sample")
    return fingerprints.next(rule: rule, subject: subject, value: nil)
  }
}
