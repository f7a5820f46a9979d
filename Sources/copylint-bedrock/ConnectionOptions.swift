import ArgumentParser
import BedrockClient
import Copylint
import CopylintBedrock

/// The options that say how Bedrock is reached, besides what the SDKs' environment and profiles say.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "The Region, instead of that of the environment or the profile.")
  var region: String?

  @Option(help: "The profile of the shared configuration files.")
  var profile: String?

  @Option(help: "The URL of Bedrock, instead of the Region's own.")
  var endpointURL: String?

  @Option(help: "How many seconds connecting may take.")
  var connectTimeout = 60.0

  @Option(help: "How many seconds an attempt may take, until its answer is there.")
  var readTimeout = 60.0

  func validate() throws {
    for (name, seconds) in [("--connect-timeout", connectTimeout), ("--read-timeout", readTimeout)] {
      guard seconds > 0, seconds <= 3600 else { throw ValidationError("\(name) takes more than 0, up to 3600") }
    }
  }

  /// The connection by the settings of this process. One for programs that sign with the credentials that it hands out
  /// has no use for a bearer token, which names nobody.
  func open(isForOwnPrograms: Bool = false) throws -> BedrockConnection {
    try CommandFailure.checkOpenFiles()
    let current = ProcessEnvironment.current
    do throws(ConfigurationError) {
      return try open(environment: isForOwnPrograms ? current.without(["AWS_BEARER_TOKEN_BEDROCK"]) : current)
    } catch {
      throw CommandFailure(Escaping.visible(error.description), help: error.help)
    }
  }

  /// The same with the settings of an environment.
  func open(environment: ProcessEnvironment) throws(ConfigurationError) -> BedrockConnection {
    var bedrock = try BedrockConnection.open(
      .init(profile: profile, region: region, endpointURL: endpointURL), environment: environment)
    bedrock.limits.connectTimeout = .seconds(connectTimeout)
    bedrock.limits.timeout = .seconds(readTimeout)
    return bedrock
  }
}
