import Foundation
import Testing

/// Waivers read from a commit: a change cannot waive itself.
@Suite(.needs(.git)) struct WaiverCommitTests {
  private static let entry =
    #"{"format": 1, "waivers": [{"rule": "names/name", "path": "copies/a.json", "value": "churn-v1", "reason": "r", "owner": "o", "ticket": "t", "expires": "2026-12-31"}]}"#
  let repository: Repository

  init() throws {
    repository = try Repository()
    try repository.commit(SamplePolicy.files.merging(["copies/a.json": SamplePolicy.request("churn-v1")]) { $1 })
    try repository.git("switch", "--quiet", "--create", "change")
  }

  private func configuration(_ text: String) -> String {
    text.replacingOccurrences(of: "\"format\": 1,", with: "\"format\": 1, \"waivers\": [\"policy/waivers.json\"],")
  }

  @Test func aWaiverCountsOnceItIsMerged() throws {
    let configuration = configuration(try #require(SamplePolicy.files[".copylint.json"]))
    try repository.commit([".copylint.json": configuration, "policy/waivers.json": Self.entry])
    #expect(try repository.run("check", "--today", "2026-11-23").code == 0)
    #expect(try repository.run("check", "--today", "2026-11-23", "--policy-from", "main").code == 1)
    #expect(try repository.run("check", "--today", "2026-11-23", "--policy-from", "change").code == 0)
    try FileManager.default.removeItem(at: repository.folder.appendingPathComponent("policy/waivers.json"))
    #expect(try repository.run("check", "--today", "2026-11-23").code == 2)
    #expect(try repository.run("check", "--today", "2026-11-23", "--policy-from", "change").code == 0)
  }

  @Test func aLinkInTheCommitIsRefused() throws {
    let configuration = configuration(try #require(SamplePolicy.files[".copylint.json"]))
    try repository.commit([".copylint.json": configuration, "policy/real.json": Self.entry])
    try FileManager.default.createSymbolicLink(
      atPath: repository.folder.appendingPathComponent("policy/waivers.json").path, withDestinationPath: "real.json")
    try repository.git("add", "--all")
    try repository.git("commit", "--quiet", "--message", "a link")
    let result = try repository.run("check", "--policy-from", "change")
    #expect(result.code == 2)
    #expect(result.errors.contains("is a symbolic link, not a file"))
  }
}
