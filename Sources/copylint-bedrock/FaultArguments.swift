import ArgumentParser
import Copylint
import CopylintBedrock

/// The options that say what goes wrong in a sandbox.
struct FaultArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A fault, and how likely it is: \(Fault.allCases.map(\.rawValue).joined(separator: ", ")); repeatable.",
      valueName: "fault=probability"))
  var fault: [String] = []

  @Option(help: ArgumentHelp("A fault of the nth request, counted from 1; repeatable.", valueName: "n=fault"))
  var faultAt: [String] = []

  @Option(help: "Where chance begins: the same seed and requests have the same faults.")
  var faultSeed: UInt64 = 0

  @Option(
    help: "An operation that faults happen to: create, get, list, identity; repeatable; all but identity by default.")
  var faultOn: [SandboxOperation] = []

  @Option(help: "How many seconds late a slow answer is.")
  var slowSeconds = 3.0

  /// Throws where an option cannot be read.
  func plan() throws -> FaultPlan {
    var plan = FaultPlan()
    for text in fault {
      let (name, probability) = try Self.pair(text, "--fault takes FAULT=PROBABILITY")
      guard let chance = Double(probability), (0...1).contains(chance) else {
        throw ValidationError("the probability of \(Escaping.quoted(ByteString(text))) is not from 0 to 1")
      }
      plan.chances[try Self.fault(name)] = chance
    }
    guard plan.chances.values.reduce(0, +) <= 1 else {
      throw ValidationError("the probabilities of `--fault` exceed 1")
    }
    for text in faultAt {
      let (number, name) = try Self.pair(text, "--fault-at takes N=FAULT")
      guard let number = Int(number), number > 0 else { throw ValidationError("--fault-at counts requests from 1") }
      plan.schedule[number] = try Self.fault(name)
    }
    plan.seed = faultSeed
    if !faultOn.isEmpty { plan.operations = Set(faultOn) }
    plan.slowness = .seconds(slowSeconds)
    return plan
  }

  private static func pair(_ text: String, _ usage: String) throws -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
    guard parts.count == 2 else { throw ValidationError(usage) }
    return (parts[0], parts[1])
  }

  private static func fault(_ name: String) throws -> Fault {
    guard let fault = Fault(rawValue: name) else {
      let known = Fault.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("unknown fault \(Escaping.quoted(ByteString(name))); there are \(known)")
    }
    return fault
  }
}

extension SandboxOperation: ExpressibleByArgument {}
