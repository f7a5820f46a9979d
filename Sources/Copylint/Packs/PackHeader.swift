/// What a pack says of itself.
struct PackHeader: Sendable {
  var name: ByteString = ""
  var version: ByteString = ""
  var description: ByteString?
  var owner: ByteString?

  /// `acme-finance 2026.11`
  var title: String { "\(name.displayString) \(version.displayString)" }
}
