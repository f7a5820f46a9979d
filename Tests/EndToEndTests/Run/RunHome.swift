import Foundation

/// A home directory with shared files, and what runs in it under `copylint run`.
final class RunHome {
  let scratch: Scratch
  /// The sandbox that stands for Bedrock, and takes this key only.
  let sandbox: RunningSandbox

  static let keyID = "AKIDOFTHERUNEXAMPLE"
  static let secret = "secret-of-the-run-example"

  init(config: String = "", credentials: String = "") throws {
    scratch = try Scratch()
    sandbox = try RunningSandbox(["--access-key-id", Self.keyID, "--secret-access-key", Self.secret])
    try scratch.write(config, to: ".aws/config")
    try scratch.write(credentials, to: ".aws/credentials")
  }

  /// The lines of a profile with the key that the sandbox takes.
  static let keys = "aws_access_key_id = \(keyID)\naws_secret_access_key = \(secret)\n"

  /// Runs a command under the gate. Only what `more` says of AWS is in its environment, besides where Bedrock is.
  func run(
    _ command: [String], options: [String] = [], input: String? = nil, environment more: [String: String] = [:]
  ) throws -> Program.Result {
    let arguments = arguments(command, options: options, environment: more)
    return try Program.execute(
      arguments[0], Array(arguments.dropFirst()), in: scratch.folder, input: input, environment: environment(more))
  }

  /// The program and its arguments, through a shell that drops what is not the test's.
  func arguments(_ command: [String], options: [String] = [], environment more: [String: String] = [:]) -> [String] {
    let names = Self.ownersVariables.filter { more[$0] == nil }
    return ["/bin/sh", "-c", "unset \(names.joined(separator: " ")); exec \"$0\" \"$@\"", Program.path, "run"] + options
      + ["--"] + command
  }

  /// The environment of `copylint run`.
  func environment(_ more: [String: String] = [:]) -> [String: String] {
    let standard = [
      "HOME": scratch.folder.path, "TMPDIR": scratch.folder.path, "AWS_EC2_METADATA_DISABLED": "true",
      "AWS_ENDPOINT_URL_BEDROCK": sandbox.environment["AWS_ENDPOINT_URL_BEDROCK"] ?? "", "AWS_MAX_ATTEMPTS": "1",
    ]
    return standard.merging(more) { $1 }
  }

  /// What the machine's owner may have set.
  private static let ownersVariables = [
    "XDG_RUNTIME_DIR", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION",
  ]

  /// The folders of runs that are still there.
  func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).filter { $0.hasPrefix("copylint-run-") }
  }
}
