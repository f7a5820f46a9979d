import ArgumentParser
import BedrockClient
import CopylintBedrock

/// The options that say how Bedrock is reached, besides what the SDKs' environment and profiles say.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "The Region, instead of that of the environment or the profile.")
  var region: String?

  @Option(help: "The profile of the shared configuration files.")
  var profile: String?

  @Option(help: "The URL of Bedrock, instead of the Region's own.")
  var endpointURL: String?

  func open() throws -> BedrockConnection {
    do throws(ConfigurationError) {
      return try BedrockConnection.open(.init(profile: profile, region: region, endpointURL: endpointURL))
    } catch {
      throw CommandFailure(error.description, help: error.help)
    }
  }
}
