/// Which requests get which fault: by their number, else by chance.
public struct FaultPlan: Sendable {
  /// How likely each fault is, 0 to 1; the sum is at most 1.
  public var chances: [Fault: Double] = [:]
  /// The fault of the nth request, counted from 1.
  public var schedule: [Int: Fault] = [:]
  /// Where chance begins: the same seed and the same requests have the same faults.
  public var seed: UInt64 = 0
  /// The operations that faults happen to, and that are counted.
  public var operations: Set<SandboxOperation> = [.create, .get, .list]
  /// How late a slow answer is.
  public var slowness = Duration.seconds(3)

  /// No fault at all.
  public init() {}
}

/// What a sandbox can do.
public enum SandboxOperation: String, CaseIterable, Sendable {
  /// CreateModelCopyJob
  case create
  /// GetModelCopyJob
  case get
  /// ListModelCopyJobs
  case list
  /// GetCallerIdentity
  case identity
}

/// A plan in the course of being carried out.
struct FaultDice {
  private let plan: FaultPlan
  private var generator: SplitMix64
  private var count = 0

  init(_ plan: FaultPlan) {
    self.plan = plan
    generator = SplitMix64(seed: plan.seed)
  }

  /// The fault of the next request.
  mutating func next(_ operation: SandboxOperation) -> Fault? {
    guard plan.operations.contains(operation) else { return nil }
    count += 1
    // Drawn for scheduled faults too, so that a schedule does not move those of chance.
    var rest = Double.random(in: 0..<1, using: &generator)
    if let fault = plan.schedule[count] { return fault }
    for fault in Fault.allCases {
      rest -= plan.chances[fault] ?? 0
      if rest < 0 { return fault }
    }
    return nil
  }
}
