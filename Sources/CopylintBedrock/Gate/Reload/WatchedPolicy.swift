import Copylint

/// A policy that changes with its files. One that cannot be loaded leaves the last good one in force.
public struct WatchedPolicy: GatePolicySource {
  private let watch: WatchedValue<CallPolicy>

  /// The policy that is watched.
  public init(_ watch: WatchedValue<CallPolicy>) { self.watch = watch }

  /// The last one that could be loaded.
  public var current: CallPolicy { watch.current.value }
}
