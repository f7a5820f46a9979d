import Testing

@testable import Copylint

@Suite struct PathCaptureTests {
  @Test func segmentsAreCaptured() throws {
    let capture = try PathCapture("copies/{region}/{account}/**")
    #expect(capture.captures("copies/eu-west-1/1/a/b.json") == ["region": "eu-west-1", "account": "1"])
    #expect(capture.captures("copies/eu-west-1/1") == nil)
    #expect(capture.captures("other/eu-west-1/1/a.json") == nil)
    #expect(try PathCapture("**/{region}/*.json").captures("a/b/eu/x.json") == ["region": "eu"])
  }

  @Test(arguments: [
    ("{regoin}/**", "unknown capture `regoin`"), ("{region}/{region}", "`region` is captured twice"),
    ("a{region}", "a capture is not a whole segment"), ("{}/x", "a capture is not a whole segment"),
  ])
  func mistakes(_ path: String, _ message: String) {
    do throws(MatcherError) {
      _ = try PathCapture(ByteString(path))
      Issue.record("accepted")
    } catch { #expect(error.message == message) }
  }
}
