import Copylint
import Testing

@testable import CopylintBedrock

@Suite struct RequestTargetTests {
  @Test func readsPathAndQuery() throws {
    let target = try RequestTarget("/model-copy-jobs/arn%3Aaws%2Fx?a=1&b=%20%2f&c&d==")
    #expect(target.path == "/model-copy-jobs/arn%3Aaws%2Fx")
    #expect(target.segments == ["model-copy-jobs", "arn:aws/x"])
    #expect(target.query == "a=1&b=%20%2f&c&d==")
    #expect(target.fields.map(\.name) == ["a", "b", "c", "d"])
    #expect(target.fields.map(\.value) == ["1", " /", "", "="])
  }

  @Test func theRootHasNoSegment() throws {
    #expect(try RequestTarget("/").segments.isEmpty)
    #expect(try RequestTarget("/?Action=x").fields.count == 1)
  }

  @Test(arguments: [
    "", "*", "model-copy-jobs", "http://127.0.0.1/model-copy-jobs", "//model-copy-jobs", "/model-copy-jobs/",
    "/a//b", "/./model-copy-jobs", "/a/../model-copy-jobs", "/model-copy-jobs/.", "/model-copy-jobs/..",
    "/%6dodel-copy-jobs", "/%6Dodel-copy-jobs", "/a%2fb", "/a/..%2Fmodel-copy-jobs", "/a%2F%2Fb",
    "/%2E%2E/model-copy-jobs",
    "/%2e/model-copy-jobs", "/a%2F..", "/model-copy-jobs%2F", "/%", "/%2", "/%zz", "/a%00b", "/a%0Ab", "/a%5Cb",
    "/a\\b", "/a#b", "/a\u{E4}", "/a<b", "/a?b=%", "/a?b=%zz", "/a?b#c",
  ])
  func refusesEveryOtherSpelling(_ target: String) {
    #expect(throws: Refusal.self) { try RequestTarget(target) }
  }
}
