import Foundation
import Testing

@testable import Copylint

@Suite struct GatewayConfigurationTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func write(_ name: ByteString, _ text: String, mode: mode_t = 0o600) -> ByteString {
    let path = folder.write(Array(text.utf8), to: name)
    #expect(path.withCString { chmod($0, mode) } == 0)
    return path
  }

  private func diagnostics(_ body: () throws(PolicyErrors) -> Void) -> [Diagnostic] {
    do throws(PolicyErrors) {
      try body()
      return []
    } catch {
      return error.diagnostics
    }
  }

  @Test func whatIsLeftOutHasADefault() throws {
    let configuration = try GatewayConfiguration(path: write("g.json", #"{"format": 1}"#).displayString)
    #expect(configuration.host == "127.0.0.1" && configuration.port == 8720)
    #expect(configuration.regions == nil && configuration.callers == nil)
    #expect(!configuration.isAuditOnly && !configuration.allowsOtherOperations)
  }

  @Test func pathsAreRelativeToTheFile() throws {
    let path = write("g.json", #"{"format": 1, "callers": "c.json", "regions": ["eu-west-1"], "port": 1}"#)
    let configuration = try GatewayConfiguration(path: path.displayString)
    #expect(configuration.callers == folder.path("c.json"))
    #expect(configuration.regions == ["eu-west-1"])
  }

  @Test func mistakesAreTold() {
    let path = write("g.json", #"{"format": 1, "prot": 1, "regions": ["eu-west-1.evil.example"], "auditOnly": "yes"}"#)
    let found = diagnostics { () throws(PolicyErrors) in _ = try GatewayConfiguration(path: path.displayString) }
    #expect(found.count == 3)
    #expect(found.contains { $0.message == "unknown member `prot`" && $0.place?.start.line == 1 })
    let none = folder.path("none").displayString
    #expect(diagnostics { () throws(PolicyErrors) in _ = try GatewayConfiguration(path: none) }.count == 1)
  }

  /// A client's name for the gateway is compared without its port.
  @Test(arguments: ["gate.internal:8720", "https://gate.internal", "gate internal", "*.internal", "::1", "[]"])
  func aNameIsThatOfAHost(_ name: String) throws {
    let good = write("g.json", #"{"format": 1, "names": ["gate.internal", "10.0.0.1", "[fd00::1]", "Gate_1"]}"#)
    #expect(try GatewayConfiguration(path: good.displayString).names.count == 4)
    let path = write("g.json", "{\"format\": 1, \"names\": [\"\(name)\"]}")
    let found = diagnostics { () throws(PolicyErrors) in _ = try GatewayConfiguration(path: path.displayString) }
    #expect(found.map(\.message) == ["`\(name)` is no name of a host"])
  }

  private static let secret = "not/a/real/secret/0123456789012345"

  private func callers(_ entries: String, mode: mode_t = 0o600) -> [Diagnostic] {
    let path = write("c.json", "{\"format\": 1, \"callers\": [\n\(entries)]}", mode: mode)
    return diagnostics { () throws(PolicyErrors) in _ = try GatewayCallers(path: path) }
  }

  private static func entry(_ key: String, _ secret: String = secret) -> String {
    #"{"name": "ci", "accessKeyId": "\#(key)", "secretAccessKey": "\#(secret)"}"#
  }

  @Test func callersHaveKeysOfTheirOwn() {
    #expect(callers(Self.entry("AKIDEXAMPLE00001")).isEmpty)
    #expect(callers(Self.entry("AKIDEXAMPLE00001") + "," + Self.entry("AKIDEXAMPLE00001")).count == 1)
    #expect(callers(Self.entry("short")).count == 1)
    #expect(callers(Self.entry("AKIDEXAMPLE00001", "short")).count == 1)
    #expect(callers("").count == 1)
  }

  @Test func theFileIsItsOwnersAlone() {
    #expect(callers(Self.entry("AKIDEXAMPLE00001"), mode: 0o644).count == 1)
    #expect(callers(Self.entry("AKIDEXAMPLE00001"), mode: 0o640).count == 1)
  }

  @Test func aMistakeShowsNoSecret() {
    let found = callers(#"{"name": 5, "accessKeyId": "x", "secretAccessKey": "\#(Self.secret)"}"#)
    #expect(found.count >= 2)
    #expect(found.allSatisfy { $0.place == nil && $0.message.hasPrefix("line 2: ") })
    #expect(!found.contains { "\($0.message)\($0.help ?? "")".contains(Self.secret) })
  }
}
