import BedrockClient
import Testing

@Suite struct ModelCopyJobStatusTests {
  @Test func onlyInProgressGoesOn() {
    #expect(ModelCopyJobStatus.allCases.filter { !$0.isFinal } == [.inProgress])
    #expect(ModelCopyJobStatus(rawValue: "completed") == nil)
  }
}
