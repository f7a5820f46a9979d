import BedrockClient
import Testing

@Suite struct ModelCopyJobStatusTests {
  @Test func onlyCompletedAndFailedAreFinal() {
    #expect(ModelCopyJobStatus.allCases.filter { !$0.isFinal } == [.inProgress])
    #expect(!ModelCopyJobStatus.unrecognized("Stopping").isFinal)
  }

  @Test func namesAreExact() {
    #expect(ModelCopyJobStatus.allCases.map(\.rawValue) == ["InProgress", "Completed", "Failed"])
    #expect(ModelCopyJobStatus(rawValue: "Completed") == .completed)
    #expect(ModelCopyJobStatus(rawValue: "completed") == .unrecognized("completed"))
  }
}
