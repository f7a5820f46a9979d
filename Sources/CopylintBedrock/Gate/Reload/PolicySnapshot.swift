import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A policy in force: whoever judges by it keeps it, whatever is loaded meanwhile.
public struct PolicySnapshot<Value: Sendable>: Sendable {
  /// What was loaded.
  public let value: Value
  /// How many policies were in force so far, with this one; from 1.
  public let generation: Int
  /// When it was loaded.
  public let loadedAt: Date
}

/// What came of loading a policy anew.
public enum PolicyEvent<Value: Sendable>: Sendable {
  /// Another one is in force.
  case loaded(PolicySnapshot<Value>)
  /// The files say what they said: the one in force stays.
  case unchanged
  /// It cannot be used, for these reasons: the one in force stays.
  case failed([Diagnostic])
  /// Changes cannot be heard of; it is loaded on request only.
  case unwatched(Diagnostic)
}
