import Foundation
import Testing

@testable import Copylint

/// What is judged before anything is sent, and what would be sent.
@Suite final class SubmissionCheckTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("copylint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static let arn = "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdefghijkl"
  private static let plain = "{\"sourceModelArn\": \"\(arn)\", \"targetModelName\": \"m\"}"

  private func check(_ files: [String: String], pack: String? = nil) throws -> SubmissionCheck {
    var options = CheckOptions(today: try Judging.date(Judging.today))
    options.configuration = .none
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      options.paths.append(file.path)
    }
    options.paths.sort()
    if let pack {
      let file = folder.appendingPathComponent("pack.json")
      try Data(#"{"format": 1, "name": "p", "version": "1", "rules": [\#(pack)]}"#.utf8).write(to: file)
      options.packs = [file.path]
    }
    return try SubmissionCheck(options)
  }

  @Test func theEnvironmentSuppliesTheRegionWhereNothingElseDoes() throws {
    let envelope = "{\"target\": {\"region\": \"eu-west-1\"}, \"request\": \(Self.plain)}"
    var check = try check(["a.json": Self.plain, "b.json": envelope])
    #expect(check.needsRegion)
    let judged = check.judge(.init(region: "us-west-2"))
    #expect(judged.map(\.region) == ["us-west-2", "eu-west-1"])
    #expect(judged.map(\.report.target.declaredBy) == ["environment", "envelope"])
    #expect(check.judge(.init()).map(\.region) == [nil, "eu-west-1"])
  }

  /// Also where it lacks a member, or is no JSON: the log has a digest of it then.
  @Test func aSubmissionHasItsTextByItself() throws {
    let texts = [#"{"targetModelName": "m"}"#, Self.plain]
    var check = try check(["a.json": "[\(texts.joined(separator: ", "))]", "b.json": "{"])
    #expect(check.judge(.init(region: "us-west-2")).map(\.text) == (texts + ["{"]).map { Array($0.utf8) })
  }

  @Test func theAccountIsAskedForOnlyWhereItIsRead() throws {
    #expect(try !check(["a.json": Self.plain]).needsAccount(region: "eu-west-1"))
    let rule = #"{"id": "r", "kind": "allowed-accounts", "target": ["111122223333"]}"#
    var reading = try check(["a.json": Self.plain], pack: rule)
    #expect(reading.needsAccount(region: "eu-west-1"))
    #expect(reading.judge(.init(region: "eu-west-1")).map(\.region) == [nil])
    #expect(reading.judge(.init(region: "eu-west-1", account: "111122223333")).map(\.region) == ["eu-west-1"])
    #expect(reading.judge(.init(region: "eu-west-1", account: "444455556666")).map(\.report.verdict) == [.denied])
  }

  @Test func aStatedAccountMustBeTheCredentials() throws {
    let stated = "{\"target\": {\"account\": \"111122223333\"}, \"request\": \(Self.plain)}"
    let check = try check(["a.json": stated])
    #expect(check.needsAccount(region: "eu-west-1"))
    #expect(check.conflicts(withAccount: "111122223333").isEmpty)
    #expect(check.conflicts(withAccount: "444455556666").map(\.message).first?.contains("`111122223333`") == true)
  }

  @Test func theValuesAreThoseThatWereJudged() throws {
    let text =
      #"{"sourceModelArn": "\#(Self.arn)", "targetModelName": "m", "clientRequestToken": "t", "targetModelTags": [{"key": "\u0041\ud83d\ude00", "value": ""}]}"#
    var check = try check(["a.json": text])
    let submission = try #require(check.judge(.init(region: "eu-west-1")).first)
    #expect(submission.report.verdict == .denied)
    #expect(submission.region == nil)
    #expect(submission.values?.targetModelTags == [.init(key: ByteString("A\u{1F600}"), value: "")])
    #expect(submission.values?.clientRequestToken == "t")
    #expect(submission.values?.modelKmsKeyId == nil)
  }

  @Test(arguments: [
    "{\"sourceModelArn\": \"x\"}", "{\"targetModelName\": 7}", "{broken", "[1]",
    #"{"sourceModelArn": "a", "targetModelName": "m", "targetModelTags": [{"key": "k"}]}"#,
    #"{"sourceModelArn": "a", "targetModelName": "m", "modelKmsKeyId": null}"#,
  ])
  func whatIsNotARequestHasNothingToSend(_ text: String) throws {
    var check = try check(["a.json": text])
    for submission in check.judge(.init(region: "eu-west-1")) {
      #expect(submission.values == nil && submission.region == nil)
      #expect(submission.report.verdict != .compliant)
    }
  }

  @Test(arguments: [["a.json": "[]"], [:]]) func nothingToSubmitIsAnError(_ files: [String: String]) {
    do {
      _ = try check(files)
      Issue.record("nothing was refused")
    } catch let error as PolicyErrors {
      #expect(error.diagnostics.count == 1)
    } catch {
      Issue.record("\(error)")
    }
  }
}
