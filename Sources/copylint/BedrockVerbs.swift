import ArgumentParser

/// A verb of the sibling program `copylint-bedrock`: listed here, done there.
protocol BedrockVerb: ParsableCommand {}

/// Every verb of `copylint-bedrock`, in the order of the help.
enum BedrockVerbs {
  static let all: [any BedrockVerb.Type] = [
    SubmitVerb.self, RunVerb.self, GatewayVerb.self, SandboxVerb.self, JobsVerb.self, LogVerb.self,
    CredentialsVerb.self,
  ]

  /// Whether a command line is for the sibling: `VERB …` or `help VERB`.
  static func take(_ arguments: [String]) -> Bool {
    let verb = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
    return all.contains { $0.configuration.commandName == verb }
  }
}

struct SandboxVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Start an in-memory Bedrock model-copy service on loopback (copylint-bedrock).")
}

struct SubmitVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Judge requests and submit compliant ones to Bedrock (copylint-bedrock).")
}

struct RunVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command whose CreateModelCopyJob calls are judged before they leave (copylint-bedrock).")
}

struct JobsVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Get, list and await model copy jobs (copylint-bedrock).")
}

struct LogVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Verify the log of decisions (copylint-bedrock).")
}

struct CredentialsVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "credentials",
    abstract: "Say where the AWS credentials come from, and the end of the key id (copylint-bedrock).")
}

struct GatewayVerb: BedrockVerb {
  static let configuration = CommandConfiguration(
    commandName: "gateway", abstract: "Judge copy calls on their way to Bedrock, as a service (copylint-bedrock).")
}
