/// How a decision log is kept.
public struct DecisionLogOptions: Sendable {
  /// A file that would be larger is set aside under another name first, and a new one begun; bytes. A line is never
  /// split, so one that is larger stands alone.
  public var maxBytes: Int
  /// What is not written down.
  public var masks: Set<MaskedField>
  /// Told once when a file cannot be set aside. Nothing is lost then: it only grows on.
  public var onRotationFailure: @Sendable (DecisionLogError) -> Void
  /// Told once, until lines can be written again, when they cannot.
  public var onInterruption: @Sendable (DecisionLogError) -> Void = { _ in }
  /// Told of every fsync how long it took.
  public var onSynchronised: @Sendable (Duration) -> Void = { _ in }

  /// 64 MiB a file and nothing masked, unless told otherwise.
  public init(
    maxBytes: Int = 64 << 20, masks: Set<MaskedField> = [],
    onRotationFailure: @escaping @Sendable (DecisionLogError) -> Void = { _ in }
  ) {
    self.maxBytes = maxBytes
    self.masks = masks
    self.onRotationFailure = onRotationFailure
  }
}
