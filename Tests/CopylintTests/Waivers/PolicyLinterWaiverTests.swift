import Foundation
import Testing

@testable import Copylint

/// Waivers for a program that uses the library.
@Suite struct PolicyLinterWaiverTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    folder.write(Array(Waiving.pack.utf8), to: "p.json")
  }

  private func verdicts(_ entry: String, _ stage: Stage, path: String = "copies/a.json") throws -> [String] {
    let file = folder.write(Array(Waiving.file([entry]).utf8), to: "waivers.json")
    var linter = try PolicyLinter(
      packs: [folder.path("p.json").displayString], waivers: [file.displayString],
      today: CalendarDate(ByteString(Judging.today)), stage: stage)
    let report = linter.judge(Array(Waiving.request.utf8), path: path, region: "eu-west-1")
    #expect(report.verdict == .denied)
    return Waiving.names(report, .waived) + linter.waiverFindings.map(\.rule)
  }

  @Test func everyStageJudgesWithThem() throws {
    #expect(try verdicts(Waiving.entry(), .submit) == ["p/keys"])
    #expect(try verdicts(Waiving.entry(), .submit, path: "copies/b.json") == [])
    #expect(try verdicts(Waiving.entry(), .gate) == [])
    #expect(try verdicts(Waiving.entry(["path": nil, "targetName": #""fraud-v3""#]), .gate) == ["p/keys"])
    #expect(try verdicts(Waiving.entry(["expires": #""2026-11-22""#]), .submit) == ["waiver/expired"])
  }

  @Test func aFileThatCannotBeUsedIsThrown() throws {
    folder.write(Array("{}".utf8), to: "bad.json")
    for name in ["none.json", "bad.json"] as [ByteString] {
      #expect(throws: PolicyErrors.self) {
        try PolicyLinter(
          packs: [], waivers: [folder.path(name).displayString], today: CalendarDate(ByteString(Judging.today)))
      }
    }
  }
}
