/// The decision log of a gate, from which the journal gets back what it lost when the machine stopped: the line of a
/// decision is on disk before its call leaves, and holds all that the journal's intent does.
struct RecoveryLog: Sendable, Hashable {
  /// Absolute.
  var path: String
  /// The gate's lines in it.
  var chain: String
  /// How many of them are on disk at least. What those before say is in the journal, so that a log that begins with the
  /// one after them lacks nothing.
  var lines: Int

  /// What a line must not mask.
  static let fields: Set<MaskedField> = [
    .requestDigest, .targetRegion, .targetAccount, .token, .targetModelName, .sourceModelArn, .jobArn,
  ]
}
