import Foundation
import Testing

/// `--output FORMAT=FILE`, and the reports that a build platform gets without asking.
@Suite struct ReportOutputTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(Sample.denied, to: "copies/a.json")
    try scratch.write(Sample.good, to: "copies/b.json")
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent(path), encoding: .utf8)
  }

  private func names(_ path: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.folder.appendingPathComponent(path).path).sorted()
  }

  @Test func severalReportsBesideTheText() throws {
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent("out"), withIntermediateDirectories: true)
    let formats = ["sarif", "junit", "rdjson", "checkstyle", "tap", "gitlab", "json", "text"]
    let outputs = formats.flatMap { ["--output", "\($0)=out/\($0)"] }
    let plain = try scratch.run("check", "copies")
    let result = try Program.run(["check", "copies"] + outputs, in: scratch.folder)
    #expect(result.output == plain.output)
    #expect(result.code == 1)
    #expect(try names("out") == formats.sorted())
    for format in formats { #expect(try text("out/\(format)").contains("bedrock-api/target-model-name"), "\(format)") }
    #expect(try text("out/text") == plain.output)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: scratch.folder.appendingPathComponent("out/sarif").path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aReportIsNoRequestOfTheNextRun() throws {
    for _ in 0..<2 {
      let result = try scratch.run("check", "copies", "--output", "sarif=copies/report.json")
      #expect(result.code == 1)
      #expect(result.output.contains("2 requests: 1 compliant, 1 denied"))
    }
  }

  @Test(arguments: ["link", "dangling", "pipe", "folder", "none/report"])
  func whatCannotBeWrittenIsTwoAndTheOthersAreWritten(_ name: String) throws {
    try scratch.write("old", to: "target")
    let path = { (name: String) in scratch.folder.appendingPathComponent(name).path }
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "target")
    try FileManager.default.createSymbolicLink(atPath: path("dangling"), withDestinationPath: "nowhere")
    try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: true)
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    let before = try names()
    let result = try scratch.run("check", "copies/b.json", "--output", "sarif=\(name)", "--output", "tap=good.tap")
    #expect(result.code == 2)
    #expect(result.errors.contains("\(name): error: cannot be written: "))
    #expect(result.errors.contains("\n  = help: "), "\(result.errors)")
    #expect(try text("target") == "old")
    #expect(try text("good.tap").hasPrefix("TAP version 14\n"))
    #expect(try names() == (before + ["good.tap"]).sorted())
  }

  /// The size limit is the system's own way to refuse a write half way.
  @Test func aReportThatDoesNotFitLeavesTheOldOne() throws {
    try scratch.write("old", to: "report.sarif")
    let command = "trap '' XFSZ; ulimit -f 2; exec \"$0\" check copies/b.json --quiet --output sarif=report.sarif"
    let result = try Program.execute("/bin/bash", ["-c", command, Program.path], in: scratch.folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("report.sarif: error: cannot be written: "))
    #expect(result.errors.contains("\n  = help: only a regular file is replaced: name another, on a disk that has "))
    #expect(try text("report.sarif") == "old")
    #expect(try names() == ["copies", "report.sarif"])
  }

  @Test(arguments: [
    (["--output", "sarf=a"], "did you mean `sarif`?"), (["--output", "sarif"], "the format `sarif` has no file"),
    (["--output", "sarif=-"], "`--output-format` writes to standard output"),
    (["--output", "tap=x", "--output", "sarif=./x"], "that file is written too"),
    (["--output", "tap=copies/a.json"], "that file is checked too"),
  ])
  func mistakesOfUsage(_ arguments: [String], _ message: String) throws {
    let result = try Program.run(["check", "copies/a.json"] + arguments, in: scratch.folder)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try names() == ["copies"])
  }

  // MARK: Build platforms

  @Test func onGitHubAnnotationsAndASummaryStandBesideTheText() throws {
    try scratch.write("before\n", to: "summary.md")
    let summary = scratch.folder.appendingPathComponent("summary.md").path
    let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary]
    let plain = try scratch.run("check", "copies")
    for arguments in [["check", "copies"], ["copies"], ["check", "copies", "--unknown", "deny"]] {
      let result = try Program.run(arguments, in: scratch.folder, environment: environment)
      #expect(result.code == 1)
      #expect(result.output.hasPrefix(plain.output))
      let lines = result.output.dropFirst(plain.output.count).split(separator: "\n")
      #expect(lines.count == 1)
      #expect(
        lines.first?.hasPrefix("::error file=copies/a.json,line=1,endLine=1,col=138,endColumn=148,title=") == true)
    }
    #expect(try text("summary.md").hasPrefix("before\ncopylint: 1 of 2 requests denied or undetermined\n---\n"))
    #expect(try text("summary.md").components(separatedBy: "copylint: ").count == 4)
    let none = try Program.run(["check", "copies", "--ci", "none"], in: scratch.folder, environment: environment)
    #expect(none.output == plain.output)
    let json = try Program.run(
      ["check", "copies", "--output-format", "json"], in: scratch.folder, environment: environment)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
  }

  @Test func aSummaryThatCannotBeWrittenIsTwo() throws {
    let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/dev/null"]
    let result = try scratch.run("check", "copies/b.json", environment: environment)
    #expect(result.code == 2)
    #expect(result.errors.contains("/dev/null: error: cannot be added to: is a device, not a file"))
  }

  @Test func onGitLabTheReportStandsWhereItIsLookedFor() throws {
    let environment = ["GITLAB_CI": "true", "CI_PROJECT_DIR": scratch.folder.path]
    for _ in 0..<2 {
      let result = try Program.run(
        ["check"], in: scratch.folder.appendingPathComponent("copies"), environment: environment)
      #expect(result.code == 1)
      #expect(result.output.contains("2 requests: "))
    }
    let report = try JSONSerialization.jsonObject(with: Data(try text("gl-code-quality-report.json").utf8))
    #expect((report as? [[String: Any]])?.count == 1)
  }

  @Test func onAzureIssuesStandBesideTheText() throws {
    let plain = try scratch.run("check", "copies")
    let result = try scratch.run("check", "copies", environment: ["TF_BUILD": "True"])
    #expect(result.output.hasPrefix(plain.output))
    let rest = result.output.dropFirst(plain.output.count)
    #expect(
      rest.hasPrefix("##vso[task.logissue type=error;sourcepath=copies/a.json;linenumber=1;columnnumber=138;code="))
  }

  @Test func moreThanAPlatformShowsIsOneLine() throws {
    let many = Array(repeating: Sample.denied, count: 25).joined(separator: "\n")
    try scratch.write(many, to: "many.ndjson")
    for platform in ["github", "azure"] {
      let result = try scratch.run("check", "--ndjson", "many.ndjson", "--ci", platform)
      let lines = result.output.split(separator: "\n").suffix(11)
      #expect(lines.filter { $0.hasPrefix("::error ") || $0.hasPrefix("##vso[task.logissue type=error;") }.count == 10)
      #expect(lines.last?.hasPrefix("copylint: 15 more of severity error") == true)
    }
  }

  @Test func aReportThatCannotBeWrittenSaysWhatToDo() throws {
    let result = try scratch.run("check", "copies/a.json", "--no-config", "--output", "json=none/report.json")
    #expect(result.code == 2)
    #expect(result.errors.contains("none/report.json: error: cannot be written: no such file or directory"))
    #expect(result.errors.contains("help: name a file in a directory that is there"), "\(result.errors)")
  }
}
