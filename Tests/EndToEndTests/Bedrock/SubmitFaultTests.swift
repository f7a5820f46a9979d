import Foundation
import Testing

/// Whatever goes wrong, and whenever the program is killed: one copy, and no untruth about it.
@Suite struct SubmitFaultTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func process(_ name: String, _ sandbox: RunningSandbox) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = [
      "submit", "--no-config", "--region", "eu-west-1", "\(name).json", "--read-timeout", "1",
      "--journal", "\(scratch.folder.path)/state/journal.sqlite",
      "--decision-log", "\(scratch.folder.path)/state/decisions.jsonl",
    ]
    process.currentDirectoryURL = scratch.folder
    process.environment = ProcessInfo.processInfo.environment.merging(sandbox.environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  private func run(_ name: String, _ sandbox: RunningSandbox) throws -> Int32 {
    let process = try process(name, sandbox)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func jobs(_ sandbox: RunningSandbox) throws -> [String: Int] {
    let result = try Program.run(
      ["jobs", "list", "--json", "--region", "eu-west-1"], in: scratch.folder, environment: sandbox.environment)
    #expect(result.code == 0, "\(result.errors)")
    var counts: [String: Int] = [:]
    for line in result.output.split(separator: "\n") {
      let job = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      counts[job?["targetModelName"] as? String ?? "", default: 0] += 1
    }
    return counts
  }

  @Test func faultsMakeNoSecondCopy() throws {
    let faults = [
      "throttle", "error", "error-after", "reset-before", "reset-during", "reset-after", "hang-before", "hang-after",
      "truncate", "garbage", "oversize",
    ]
    let sandbox = try RunningSandbox(
      ["--quiet", "--fault-seed", "7", "--fault-on", "create"] + faults.flatMap { ["--fault", "\($0)=0.07"] })
    let names = (0..<20).map { "copy-\($0)" }
    for name in names {
      try scratch.write(Sample.good.replacingOccurrences(of: "fraud-v3", with: name), to: "\(name).json")
      var code: Int32 = 4
      for _ in 0..<12 where code != 0 {
        code = try run(name, sandbox)
        #expect([0, 3, 4].contains(code))
      }
      #expect(code == 0)
    }
    #expect(try jobs(sandbox) == Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
  }

  /// Killed at any moment and started again, until it says that the copy was made.
  @Test func killedAtAnyMomentItMakesOneCopy() throws {
    let sandbox = try RunningSandbox([
      "--quiet", "--fault-seed", "3", "--fault", "reset-after=0.3", "--fault-on", "create",
    ])
    var generator = SystemRandomNumberGenerator()
    let names = (0..<20).map { "kill-\($0)" }
    for name in names {
      try scratch.write(Sample.good.replacingOccurrences(of: "fraud-v3", with: name), to: "\(name).json")
      for _ in 0..<8 {
        let process = try process(name, sandbox)
        try process.run()
        let deadline = Date(timeIntervalSinceNow: Double.random(in: 0...0.25, using: &generator))
        while process.isRunning, Date() < deadline { usleep(500) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      var code: Int32 = 4
      for _ in 0..<12 where code != 0 { code = try run(name, sandbox) }
      #expect(code == 0)
    }
    #expect(try jobs(sandbox) == Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
  }

  @Test func manyAtOnceMakeOneCopy() throws {
    let sandbox = try RunningSandbox(["--quiet"])
    try scratch.write(Sample.good.replacingOccurrences(of: "fraud-v3", with: "race"), to: "race.json")
    let processes = try (0..<6).map { _ in try process("race", sandbox) }
    for process in processes { try process.run() }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try jobs(sandbox) == ["race": 1])
  }
}
