import Copylint

/// What `submit` is asked to do besides judging.
public struct SubmissionOptions: Sendable {
  /// What is judged, and by which policy.
  public var check: CheckOptions
  /// The Region of the environment or the profile, for requests that declare none.
  public var environmentRegion: String?
  /// Nothing is sent.
  public var isDryRun = false
  /// Copies that were accepted are made again.
  public var again = false
  /// One that is denied or fails does not keep the others from being sent.
  public var keepsGoing = false
  /// Every accepted job is followed to its end.
  public var waits = false
  /// How long a job is followed; nil for as long as it takes.
  public var timeout: Duration?

  /// The defaults, with what to judge.
  public init(check: CheckOptions) { self.check = check }
}
