#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The role to assume, and what goes with it.
struct RoleParameters: Sendable, Equatable {
  var arn: String
  var sessionName: String
  var externalID: String?
  /// In seconds.
  var duration: Int?

  /// The parameters of the call, in the order in which they travel.
  var items: [(name: String, value: String)] {
    var items = [(name: "RoleArn", value: arn), (name: "RoleSessionName", value: sessionName)]
    if let externalID { items.append(("ExternalId", externalID)) }
    if let duration { items.append(("DurationSeconds", String(duration))) }
    return items
  }

  /// The name of a session that nobody named.
  static func defaultSessionName(_ time: any TimeSource) -> String {
    "copylint-\(Int(time.date.timeIntervalSince1970))"
  }
}
