import Foundation
import Testing

/// `--fix` and `--diff` on files, as people run them.
@Suite struct FixTests {
  let scratch: Scratch

  private static let wrong =
    "{\r\n\t\"SourceModelArn\": \"\(Sample.arn)\",\r\n\t\"targetModelName\": \"fraud-v3\"\r\n}\r\n"
  private static let right = wrong.replacingOccurrences(of: "SourceModelArn", with: "sourceModelArn")

  init() throws { scratch = try Scratch() }

  private func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: scratch.folder.appendingPathComponent(name)), as: UTF8.self)
  }

  @Test func safeFixesMendTheFileAndTheReportIsOfWhatRemains() throws {
    try scratch.write(Self.wrong, to: "a.json")
    try scratch.write(Sample.denied.replacingOccurrences(of: "fraud v3", with: " fraud"), to: "b.json")
    let path = scratch.folder.appendingPathComponent("a.json").path
    try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: path)
    let before = try scratch.run("check")
    #expect(before.output.contains("= fix: `--fix` would rename the member to `sourceModelArn`"))
    #expect(before.output.contains("= fix: `--fix --unsafe-fixes` would remove the white space around the value"))
    let result = try scratch.run("check", "--fix")
    #expect(result.code == 1)
    #expect(try read("a.json") == Self.right)
    #expect(result.errors == "fixed 2 findings in 1 file; 1 remains\n")
    #expect(!result.output.contains("a.json:"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o664)
    let unsafe = try scratch.run("check", "--fix", "--unsafe-fixes")
    #expect(unsafe.code == 0)
    #expect(try read("b.json") == Sample.denied.replacingOccurrences(of: "fraud v3", with: "fraud"))
    #expect(try scratch.run("check", "--fix", "--unsafe-fixes").errors == "fixed 0 findings in 0 files; 0 remain\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted() == ["a.json", "b.json"])
  }

  @Test func aDiffChangesNothingAndCanBeApplied() throws {
    try scratch.write(Self.wrong, to: "copies/a.json")
    try scratch.write("[\(Sample.good),\n\(Self.wrong),\n\n\n\n\n\n\n\n\(Self.wrong)]", to: "copies/b é.json")
    let result = try scratch.run("check", "--diff")
    #expect(result.code == 1)
    #expect(
      result.output.hasPrefix("--- a/copies/a.json\n+++ b/copies/a.json\n@@ -1,4 +1,4 @@\n {\r\n-\t\"SourceModelArn\""))
    #expect(result.errors.contains("would fix 6 findings in 2 files; 0 would remain\n"))
    #expect(result.errors.contains("copies/a.json:2:2: error: unknown member `SourceModelArn`"))
    #expect(try read("copies/a.json") == Self.wrong)
    try scratch.write(result.output, to: "fix.patch")
    let applied = try Program.execute("/usr/bin/git", ["apply", "fix.patch"], in: scratch.folder)
    #expect(applied.code == 0, "\(applied.errors)")
    let fixed = try read("copies/b é.json")
    #expect(try read("copies/a.json") == Self.right)
    #expect(try scratch.run("check", "copies").code == 0)
    #expect(fixed == "[\(Sample.good),\n\(Self.right),\n\n\n\n\n\n\n\n\(Self.right)]")
  }

  @Test func standardInputIsFixedToStandardOutput() throws {
    let result = try scratch.run("check", "--fix", "-", input: Self.wrong)
    #expect(result.code == 0)
    #expect(result.output == Self.right)
    #expect(result.errors.contains("fixed 2 findings in 1 file; 0 remain\n"))
    let broken = try scratch.run("check", "--fix", "-", input: "{\"a\":")
    #expect(broken.code == 2)
    #expect(broken.output == "{\"a\":")
    let nothing = try scratch.run("check", "--fix", "-", input: Sample.denied)
    #expect(nothing.output == Sample.denied)
    #expect(nothing.code == 1)
  }

  @Test(arguments: [
    ["check", "--fix", "--diff", "a.json"], ["check", "--unsafe-fixes", "a.json"],
    ["check", "--fix", "--ndjson", "-"], ["check", "--fix", "--staged"], ["check", "--fix", "-", "a.json"],
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String]) throws {
    try scratch.write(Self.wrong, to: "a.json")
    let result = try Program.run(arguments, in: scratch.folder, input: Self.wrong)
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(try read("a.json") == Self.wrong)
  }

  @Test func aSymbolicLinkIsNotWrittenThrough() throws {
    try scratch.write(Self.wrong, to: "target.txt")
    let link = scratch.folder.appendingPathComponent("a.json").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.txt")
    let result = try scratch.run("check", "--fix")
    #expect(result.code == 2)
    #expect(
      result.errors.contains(
        "a.json: error: is a symbolic link, and is not fixed\n  = help: name the file that it leads to"))
    #expect(try read("target.txt") == Self.wrong)
  }

  @Test func aFileWithAPartThatCannotBeReadIsNotTouched() throws {
    let text = "[\(Self.wrong), {\"a\": tru}]"
    try scratch.write(text, to: "a.json")
    try scratch.write("\u{FEFF}\(Self.wrong)", to: "b.json")
    let result = try scratch.run("check", "--fix")
    #expect(result.code == 2)
    #expect(result.errors.contains("a.json: error: is not fixed: a part of it cannot be read"))
    #expect(try read("a.json") == text)
    #expect(try Data(contentsOf: scratch.folder.appendingPathComponent("b.json")) == Data("\u{FEFF}\(Self.wrong)".utf8))
  }

  /// Of the fixes one would give a copy the name that a later request has.
  @Test func noFixGivesACopyTheNameOfAnother() throws {
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "u", "kind": "unique-names"}]}"#, to: "p.json")
    try scratch.write(
      #"{"format": 1, "packs": ["./p.json"], "include": ["c/*"], "targets": [{"path": "**", "region": "eu-west-1", "account": "111122223333"}]}"#,
      to: ".copylint.json")
    let spaced = Sample.denied.replacingOccurrences(of: "fraud v3", with: "fraud-v3 ")
    try scratch.write(spaced, to: "c/a.json")
    try scratch.write(Sample.good, to: "c/b.json")
    try scratch.write(Sample.denied.replacingOccurrences(of: "fraud v3", with: "other "), to: "c/c.json")
    let result = try scratch.run("check", "--fix", "--unsafe-fixes")
    #expect(result.code == 1)
    #expect(try read("c/a.json") == spaced)
    #expect(try read("c/c.json") == Sample.good.replacingOccurrences(of: "fraud-v3", with: "other"))
    #expect(result.errors.contains("fixed 1 finding in 1 file; 1 remains"))
    #expect(result.output.contains("by itself: `p/u` would find something new"))
  }

  /// What somebody answers for stays as it is: it is no longer a fault that is to be mended.
  @Test func knownFindingsAreLeftAlone() throws {
    let spaced = Sample.denied.replacingOccurrences(of: "fraud v3", with: "fraud-v3 ")
    try scratch.write(
      spaced.replacingOccurrences(of: "fraud-v3 ", with: "m").replacingOccurrences(
        of: "}", with: ", \"targetModelTags\": [{\"key\": \"owner\", \"value\": \"a\"}]}"), to: "a.json")
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "t", "kind": "required-tags", "tags": {"Owner": {}}}]}"#,
      to: "policy/p.json")
    let arguments = ["check", "a.json", "--pack", "policy/p.json"]
    let before = try read("a.json")
    let written = try Program.run(arguments + ["--write-baseline", "base.json"], in: scratch.folder)
    #expect(written.code == 0, "\(written.output)\(written.errors)")
    let known = try Program.run(
      arguments + ["--baseline", "base.json", "--fix", "--unsafe-fixes"], in: scratch.folder)
    #expect(known.code == 0)
    #expect(try read("a.json") == before)
    let open = try Program.run(arguments + ["--fix", "--unsafe-fixes"], in: scratch.folder)
    #expect(open.code == 0)
    #expect(try read("a.json") == before.replacingOccurrences(of: "owner", with: "Owner"))
  }

  @Test func linesOfAFileAreFixedInPlace() throws {
    let line = Sample.good.replacingOccurrences(of: "targetModelName", with: "TargetModelName")
    try scratch.write("\(line)\n\n\(Sample.denied)\r\n\(line)", to: "a.ndjson")
    let result = try scratch.run("check", "--fix", "--ndjson", "a.ndjson")
    #expect(result.code == 1)
    #expect(try read("a.ndjson") == "\(Sample.good)\n\n\(Sample.denied)\r\n\(Sample.good)")
  }

  @Test func theReportCarriesTheFix() throws {
    try scratch.write(Self.wrong, to: "a.json")
    let result = try scratch.run("check", "--output-format", "json")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let request = try #require((report["requests"] as? [[String: Any]])?.first)
    let fixes = try #require(request["findings"] as? [[String: Any]]).compactMap { $0["fix"] as? [String: Any] }
    #expect(fixes.count == 1)
    #expect(fixes[0]["safety"] as? String == "safe")
    let edit = try #require((fixes[0]["edits"] as? [[String: Any]])?.first)
    #expect(edit["replacement"] as? String == "sourceModelArn")
    #expect(["startLine", "startColumn", "endLine", "endColumn"].map { edit[$0] as? Int } == [2, 3, 2, 17])
  }

  @Test func hostileTextReachesNoDiff() throws {
    let text = Self.wrong.replacingOccurrences(of: "fraud-v3", with: "\u{202E}\u{9B}31m##vso[x]")
    try scratch.write(text, to: "a.json")
    let result = try scratch.run("check", "--diff")
    #expect(result.code == 1)
    #expect(result.output.contains("\\u{202e}\\u{9b}31m#\\x23vso[x]"))
    #expect(result.errors.contains("the diff of `a.json` has characters that are shown escaped"))
  }
}
