/// What is to be done with fixes.
public struct FixOptions: Sendable {
  /// Where fixed text goes.
  public enum Destination: Sendable {
    /// Into the file it came from; for standard input to standard output.
    case file
    /// Nowhere: what would change is shown as a unified diff.
    case diff
  }

  /// Where fixed text goes.
  public var destination: Destination
  /// Whether fixes that change what is asked for are applied too.
  public var isUnsafeAllowed: Bool

  /// Safe fixes alone unless said otherwise.
  public init(_ destination: Destination, isUnsafeAllowed: Bool = false) {
    (self.destination, self.isUnsafeAllowed) = (destination, isUnsafeAllowed)
  }
}
