import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips the tests, naming the programs, where one of them is not on the PATH; where `COPYLINT_REQUIRE_TOOLS` is 1,
  /// as in CI, they run and fail instead.
  static func needs(programs: String...) -> Self {
    let environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let arePresent = programs.allSatisfy { program in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
    return .enabled(
      if: arePresent || environment["COPYLINT_REQUIRE_TOOLS"] == "1",
      "needs \(programs.joined(separator: " and ")), which are not here")
  }
}
