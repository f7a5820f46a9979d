import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// What a log leaves out.
@Suite struct MaskedFieldTests {
  /// A denied request whose findings quote its values.
  private static func decision() throws -> DecisionRecord {
    var linter = try PolicyLinter(packs: ["baseline"], today: CalendarDate("2026-11-25"))
    let request = #"{"sourceModelArn": "arn:x", "targetModelName": "secret name `tick`"}"#
    let report = linter.judge(
      Array(request.utf8), path: "copies/secret.json", region: "eu-west-1", account: "111122223333")
    let copy = DecisionRecord.Copy(
      CopyValues(sourceModelArn: "arn:source", targetModelName: "named", clientRequestToken: "tok-1"))
    return DecisionRecord(
      id: "1", source: "gate", path: report.path, keyID: "MPLE", copyDigest: "digest", packs: [], report: report,
      isForwarded: false, copy: copy)
  }

  private static func written(_ masks: Set<MaskedField>) throws -> String {
    let decision = try decision()
    let outcome = OutcomeRecord(id: "1", outcome: .unknown, token: "tok-1", jobArn: "arn:job", error: "it said no")
    var writer = JSONWriter()
    writer.array { writer in
      writer.object { decision.write(to: &$0, masking: masks) }
      writer.object { outcome.write(to: &$0, masking: masks) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (MaskedField.path, #""path":"copies/secret.json""#), (.keyID, #""keyId":"MPLE""#),
    (.requestDigest, #""requestSha256":"digest""#), (.targetRegion, #""region":"eu-west-1""#),
    (.targetAccount, #""account":"111122223333""#), (.findingMessage, "has 5 characters"),
    (.targetModelName, #""targetModelName":"named""#), (.sourceModelArn, "arn:source"),
    (.findingValues, "secret name"), (.token, "tok-1"), (.jobArn, "arn:job"), (.error, "it said no"),
  ])
  func aMaskedFieldIsNotThere(_ field: MaskedField, _ text: String) throws {
    let (open, masked) = (try Self.written([]), try Self.written([field]))
    #expect(open.contains(text))
    #expect(!masked.contains(text))
    #expect(masked.contains("masked"))
    // Nothing else changes.
    let others = Set(MaskedField.allCases).subtracting([field, .findingMessage, .findingValues])
    #expect(try Self.written(others) != masked)
  }

  @Test func everyValueIsGone() throws {
    let text = try Self.written(Set(MaskedField.allCases))
    for value in [
      "named", "secret", "tick", "MPLE", "digest", "eu-west-1", "111122223333", "tok-1", "arn:", "it said no",
    ] {
      #expect(!text.contains(value), "\(value)")
    }
    #expect(text.contains(#""verdict":"denied""#))
    #expect(text.contains(#""rule":"bedrock-api/source-model-arn""#))
  }

  @Test func backticksWithinAValueHideNothing() {
    let masks: Set<MaskedField> = [.findingValues]
    #expect(masks.shown(message: "name `a`b`c` is not allowed") == "name `masked` is not allowed")
    #expect(masks.shown(message: "no value") == "no value")
    #expect(masks.shown(message: "one ` tick") == "one `masked` tick")
  }

  @Test func absenceIsNoSecret() {
    #expect(Set(MaskedField.allCases).shown("", .path) == "")
  }

  @Test func anUnknownNameIsRefused() throws {
    #expect(try MaskedField.named("target.account") == .targetAccount)
    let typo = #expect(throws: Diagnostic.self) { try MaskedField.named("targt.account") }
    #expect(typo?.message == "no field `targt.account` can be masked")
    #expect(typo?.help == "did you mean `target.account`?")
    let other = #expect(throws: Diagnostic.self) { try MaskedField.named("\u{1B}nothing") }
    #expect(other?.message == "no field `\\x1bnothing` can be masked")
    #expect(other?.help?.hasPrefix("fields: `copy.sourceModelArn`, ") == true)
  }
}
