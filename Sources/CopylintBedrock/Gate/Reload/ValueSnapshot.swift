import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is in force, a policy or the callers that are known: whoever works by it keeps it, whatever is loaded meanwhile.
public struct ValueSnapshot<Value: Sendable>: Sendable {
  /// What was loaded.
  public let value: Value
  /// How many were in force so far, with this one; from 1.
  public let generation: Int
  /// When it was loaded.
  public let loadedAt: Date
}

/// What came of loading it anew.
public enum ReloadEvent<Value: Sendable>: Sendable {
  /// Another one is in force.
  case loaded(ValueSnapshot<Value>)
  /// The files say what they said: the one in force stays. Told where loading was asked for, and where they could not be used
  /// before.
  case unchanged
  /// It cannot be used, for these reasons: the one in force stays.
  case failed([Diagnostic])
  /// Changes cannot be heard of; it is loaded on request only.
  case unwatched(Diagnostic)
}
