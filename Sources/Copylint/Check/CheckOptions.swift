/// What `copylint check` is asked to do.
public struct CheckOptions: Sendable {
  /// What a request that cannot be decided counts as.
  public enum Unknown: String, CaseIterable, Sendable {
    case deny
    case warn
  }

  /// A run that judges only what changed.
  public enum Changes: Sendable {
    /// What git is about to commit, as the index has it.
    case staged
    /// What the work tree has and the common ancestor of `HEAD` and this revision has not.
    case since(String)
  }

  /// Files, directories, or `-`; none for what the configuration includes.
  public var paths: [String] = []
  /// The path that standard input is judged under.
  public var stdinPath: String?
  /// Judge only what changed; `paths` narrow that further.
  public var changes: Changes?
  /// Packs beside those of the configuration.
  public var packs: [String] = []
  /// Where the configuration comes from.
  public var configuration = ConfigurationSource.discover
  /// The commit that the configuration, packs and waivers are read from; nil for the files as they are.
  public var policyFrom: String?
  /// Packs that must be in force for every request.
  public var requiredPacks: [RequiredPack] = []
  /// The target Region of every request.
  public var region: String?
  /// The target account of every request.
  public var account: String?
  /// What an undecided request counts as.
  public var unknown = Unknown.deny
  /// The least severity that makes the exit code 1.
  public var failOn = Severity.error
  /// Exit 0 where the code would be 1.
  public var exitZero = false
  /// No request is no mistake.
  public var allowEmpty = false
  /// Fewer requests are a mistake.
  public var minRequests: Int?
  /// Named files outside the configuration's globs are left out.
  public var forceExclude = false
  /// One request a line.
  public var ndjson = false
  /// The largest request, in bytes.
  public var maxBytes = 1 << 20
  /// The date to judge by.
  public var today: CalendarDate
  /// What is fixed before it is judged; nil for nothing.
  public var fixes: FixOptions?
  /// The directories of `COPYLINT_PACK_PATH`.
  public var packPath: [String] = []
  /// A waiver that holds for so many days or fewer is soon to expire.
  public var waiverWarningDays = 14
  /// The file of known findings.
  public var baseline: String?
  /// Where to write the findings of this run, as known ones.
  public var writeBaseline: String?
  /// Removes what no longer occurs from `baseline`.
  public var pruneBaseline = false

  /// The defaults, on a date.
  public init(today: CalendarDate) { self.today = today }

  var policyOptions: Policy.Options {
    Policy.Options(
      configuration: configuration, packs: packs.map { ByteString($0) }, packPath: packPath.map { ByteString($0) },
      revision: policyFrom.map { ByteString($0) }, required: requiredPacks)
  }
}

/// What the process says at its end.
public enum ExitCode: Int32, Sendable {
  /// Compliant, or done.
  case compliant = 0
  /// Denied by policy.
  case denied = 1
  /// It could not judge.
  case unusable = 2
  /// Bedrock rejected a compliant request, or the awaited job failed.
  case rejected = 3
  /// Nobody knows what became of a submission, or waiting took too long.
  case unknownOutcome = 4
}
