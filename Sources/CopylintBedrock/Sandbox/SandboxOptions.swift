import BedrockClient
import Copylint

/// How a sandbox behaves; the defaults are a service that works.
public struct SandboxOptions: Sendable {
  /// The account of keys that state none, 12 digits.
  public var account: ByteString = "111122223333"
  /// The Region of requests that name none: those with a bearer token, and unsigned ones.
  public var region: ByteString = "us-east-1"
  /// The keys that requests may be signed with. Made up, never real ones: a sandbox prints the first.
  public var credentials = [
    AWSCredentials(accessKeyID: "AKIDSANDBOXEXAMPLE", secretAccessKey: "sandbox-example-secret-not-for-aws")
  ]
  /// What `AWS_BEARER_TOKEN_BEDROCK` may be instead of a signature; nil where no bearer token is taken.
  public var bearerToken: String?
  /// Whether requests are answered that carry neither.
  public var allowsUnsigned = false
  /// How long a job is in progress.
  public var jobDuration = Duration.seconds(3)
  /// Jobs whose target model's name contains one of these end as failed.
  public var failingNames: [ByteString] = []
  /// What a repeated `clientRequestToken` gets that came with other members.
  public var tokenReuse = TokenReuse.ignored
  /// What goes wrong, and when.
  public var faults = FaultPlan()
  /// The clock of signatures and jobs.
  public var time: any TimeSource = SystemTimeSource()
  /// Hears of every answered request.
  public var onExchange: @Sendable (SandboxExchange) -> Void = { _ in }

  /// The defaults.
  public init() {}

  /// What becomes of a request whose token came before with other members.
  public enum TokenReuse: String, CaseIterable, Sendable {
    /// As the API Reference says of `clientRequestToken`: the request is ignored without an error. It is answered with
    /// the earlier job.
    case ignored
    /// ConflictException, as other operations of Bedrock answer it.
    case conflict
  }
}

/// One request that a sandbox answered, or did not.
public struct SandboxExchange: Sendable {
  /// The method and the path, safe to show.
  public let request: String
  /// The status of the answer; nil where none was sent.
  public let status: Int?
  /// The exception's name; nil for a success.
  public let error: String?
  /// What was done to the answer on purpose.
  public let fault: Fault?
}
