import Testing

@testable import Copylint

@Suite struct BuildPlatformTests {
  @Test(
    arguments: [
      (["GITHUB_ACTIONS": "true"], BuildPlatform.github), (["GITHUB_ACTIONS": "false"], nil),
      (["GITLAB_CI": "true"], .gitlab),
      (["TF_BUILD": "True"], .azure), (["CI": "true"], nil), ([:], nil),
    ] as [([String: String], BuildPlatform?)])
  func theEnvironmentTells(_ environment: [String: String], _ platform: BuildPlatform?) {
    #expect(BuildPlatform { environment[$0] } == platform)
  }

  @Test func linesStandBesideTextOnly() {
    let environment = ["GITHUB_STEP_SUMMARY": "/s"]
    let summary = ReportDestination(.markdown, to: .appended("/s"))
    let beside = { (platform: BuildPlatform, asked: [ReportDestination]) in
      platform.destinations(beside: asked) { environment[$0] }
    }
    #expect(beside(.github, [ReportDestination(.text)]) == [ReportDestination(.github), summary])
    #expect(beside(.github, [ReportDestination(.json)]) == [summary])
    #expect(beside(.github, [ReportDestination(.concise), ReportDestination(.github, to: .file("a"))]) == [summary])
    #expect(beside(.azure, [ReportDestination(.text)]) == [ReportDestination(.azure)])
    #expect(beside(.azure, [ReportDestination(.jsonl)]).isEmpty)
    #expect(
      beside(.gitlab, [ReportDestination(.json)])
        == [ReportDestination(.gitlab, to: .file("gl-code-quality-report.json"))])
    #expect(beside(.gitlab, [ReportDestination(.text), ReportDestination(.gitlab, to: .file("a"))]).isEmpty)
  }

  @Test func pathsGoFromTheRootWhereverTheRunStarted() {
    var header = Report.Header(tool: "", today: "", packs: [])
    header.workingDirectory = "teams/a"
    let paths = RepositoryPaths(header)
    #expect(paths.path(of: Diagnostic("x", path: "b.json")) == "teams/a/b.json")
    #expect(paths.path(of: Diagnostic("x", path: "/etc/b.json")) == "/etc/b.json")
    #expect(paths.path(of: Diagnostic("x")) == nil)
    var request = Report.Request(path: "b.json", verdict: .compliant)
    request.repositoryPath = "teams/a/b.json"
    #expect(paths.path(of: request) == "teams/a/b.json")
    #expect(paths.path(of: Diagnostic("x"), in: request) == "teams/a/b.json")
    #expect(paths.path(of: Report.Request(path: "<stdin>", verdict: .compliant)) == "<stdin>")
  }
}
