/// How often, how fast and how long a call is repeated.
public struct RetryPolicy: Sendable {
  /// How many attempts a call has, the first one included; at least 1 (`AWS_MAX_ATTEMPTS`, `max_attempts`).
  public var maxAttempts: Int
  /// The bounds of one attempt.
  public var limits: TransferLimits
  /// How long the call may take with all attempts and waits; nil is without a bound.
  public var totalTimeout: Duration?
  /// A number from 0 up to 1, drawn anew for every wait.
  public var jitter: @Sendable () -> Double

  /// A policy; its defaults are the standard mode's 3 attempts, answers of up to 8 MiB (a page of 1000 jobs with tags
  /// takes megabytes), and chance.
  public init(
    maxAttempts: Int = 3, limits: TransferLimits = TransferLimits(maximumResponseSize: 8 << 20),
    totalTimeout: Duration? = nil, jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.maxAttempts = max(1, maxAttempts)
    self.limits = limits
    self.totalTimeout = totalTimeout
    self.jitter = jitter
  }

  /// The policy of the settings' `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, or of the profile.
  public init(settings: ClientSettings, totalTimeout: Duration? = nil) {
    let mode = settings.retryMode.flatMap(RetryMode.init(rawValue:)) ?? .standard
    self.init(maxAttempts: settings.maxAttempts ?? mode.defaultMaxAttempts, totalTimeout: totalTimeout)
  }
}

/// The retry modes of the SDKs (`AWS_RETRY_MODE`, `retry_mode`).
public enum RetryMode: String, Sendable, CaseIterable {
  /// The oldest one, of botocore. Here it is the standard mode with its own default of 5 attempts.
  case legacy
  /// The mode that this client has.
  case standard
  /// The standard mode and a limit of the client's own rate. A copy client sends too little for one; here it is the
  /// standard mode.
  case adaptive

  /// The attempts of a call where nobody states them.
  public var defaultMaxAttempts: Int { self == .legacy ? 5 : 3 }
}
