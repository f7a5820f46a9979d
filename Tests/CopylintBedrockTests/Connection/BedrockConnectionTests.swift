import BedrockClient
import Testing

@testable import CopylintBedrock

/// What is said of settings before the first call.
@Suite struct BedrockConnectionTests {
  private struct NoFiles: LocalFiles {
    func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8] { [] }
    func replace(_ path: String, with content: [UInt8]) throws(LocalFileError) { throw .notFound }
    func homeDirectory(_ environment: ProcessEnvironment) -> String? { "/home" }
  }

  private func open(_ variables: [String: String] = [:]) throws(ConfigurationError) -> BedrockConnection {
    try BedrockConnection.open(environment: ProcessEnvironment(variables), files: NoFiles())
  }

  /// A request that was judged for one name of a Region must not go where the Region's own name leads.
  @Test(arguments: ["us-east-1-fips", "fips-us-east-1", "aws-global"])
  func aRegionGoesByItsOwnName(_ name: String) throws {
    let connection = try open()
    #expect(throws: Never.self) { try connection.client(in: "us-east-1") }
    let error = try #require(throws: ConfigurationError.self) { try connection.client(in: name) }
    #expect(error.message == "the Region `\(name)` is another name of `us-east-1`")
    #expect(error.help != nil)
  }

  @Test(arguments: [
    ["AWS_ENDPOINT_URL_BEDROCK": "bedrock.example"],
    ["AWS_ENDPOINT_URL_BEDROCK": "https://bedrock.example", "AWS_USE_FIPS_ENDPOINT": "true"],
    ["AWS_ENDPOINT_URL": "https://bedrock.example", "AWS_USE_DUALSTACK_ENDPOINT": "true"],
  ])
  func aURLThatNoCallCanUseIsSaidAtOnce(_ variables: [String: String]) throws {
    let error = try #require(throws: ConfigurationError.self) { try open(variables) }
    #expect(error.help != nil)
  }
}
