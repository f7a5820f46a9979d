import Foundation
import Testing

/// The aws CLI under `copylint run`.
@Suite(.needs(.awsCLI)) struct RunAWSCLITests {
  private let home: RunHome

  init() throws {
    home = try RunHome(
      config: "[profile mine]\nregion = eu-west-1\noutput = text\n", credentials: "[mine]\n\(RunHome.keys)")
  }

  @Test func callsTheGateInItsProfile() throws {
    let list = ["aws", "bedrock", "list-model-copy-jobs", "--query", "length(modelCopyJobSummaries)"]
    for (command, environment) in [(list, ["AWS_PROFILE": "mine"]), (list + ["--profile", "mine"], [:])] {
      let result = try home.run(
        command, options: environment.isEmpty ? ["--profile", "mine"] : [], environment: environment)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output == "0\n")
    }
  }

  @Test func findsTheCredentialsOfTheRun() throws {
    let result = try home.run(["aws", "configure", "list"], environment: ["AWS_PROFILE": "mine"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("MPLE"))
    #expect(result.output.contains("custom-process"))
  }

  /// What belongs to other services is the user's own: here the account, which STS says.
  @Test func otherServicesAreReachedDirectly() throws {
    let sts = try #require(home.sandbox.environment["AWS_ENDPOINT_URL_STS"])
    let result = try home.run(
      ["aws", "sts", "get-caller-identity", "--query", "Account", "--output", "text"],
      environment: ["AWS_PROFILE": "mine", "AWS_ENDPOINT_URL_STS": sts])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "111122223333\n")
  }
}
