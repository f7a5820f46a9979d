import Foundation

/// Something that is not our own code in Bedrock's place: it verifies signatures as botocore makes them.
final class StandIn {
  let port: Int
  private let process = Process()
  private let input = Pipe()
  private let scratch: Scratch

  /// Needs python3 with botocore. A create waits `delay` seconds for its answer; the first ones fail with `failures`.
  init(delay: Double = 0, failures: [Int] = []) throws {
    scratch = try Scratch()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "python3", Program.root.appendingPathComponent("Tests/EndToEndTests/Bedrock/standin.py").path,
        scratch.folder.path, "\(delay)",
      ] + (failures.isEmpty ? [] : [failures.map(String.init).joined(separator: ",")])
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  deinit {
    try? input.fileHandleForWriting.close()
    if process.isRunning { process.terminate() }
  }

  /// What the gate needs to reach it.
  var environment: [String: String] {
    [
      "AWS_ENDPOINT_URL_BEDROCK": "http://127.0.0.1:\(port)", "AWS_ACCESS_KEY_ID": "AKIDSTANDINEXAMPLE",
      "AWS_SECRET_ACCESS_KEY": "standin/secret/EXAMPLE", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
      "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true",
      "NO_PROXY": "127.0.0.1", "AWS_SESSION_TOKEN": "", "AWS_PAGER": "",
    ]
  }

  /// The body of every create that arrived, in order.
  var bodies: [Data] {
    get throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        .compactMap { $0.hasSuffix(".body") ? Int($0.dropLast(5)) : nil }
      return try names.sorted().map { try Data(contentsOf: scratch.folder.appendingPathComponent("\($0).body")) }
    }
  }

  /// The tokens of those, each once.
  var tokens: Set<String> {
    get throws {
      Set(
        try bodies.map { body in
          let members = try JSONSerialization.jsonObject(with: body) as? [String: Any]
          return members?["clientRequestToken"] as? String ?? ""
        })
    }
  }
}
