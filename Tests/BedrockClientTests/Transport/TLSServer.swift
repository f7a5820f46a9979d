import Foundation
import Testing

/// `tls-server.py`, running. It ends when this goes away, or with this process.
final class TLSServer: Sendable {
  let port: Int
  /// The file of the authority that signed the server's certificate.
  let authority: String
  /// Kept open: the server ends with it.
  private let input: FileHandle
  private let output: FileHandle

  /// What the server says, one line each.
  private struct Line: Decodable {
    var port: Int?
    var bundle: String?
    var unavailable: String?
    var received: String?
  }

  /// Starts a server whose certificate is for `names` (as `subjectAltName` of OpenSSL has them) and valid in `days`,
  /// counted from now. Cancels the test where the TLS library cannot serve `version`.
  init(names: String = "IP:127.0.0.1", days: ClosedRange<Int> = -1...1, version: String? = nil) async throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("tls-server.py")
    let arguments = ["--names=\(names)", "--first-day=\(days.lowerBound)", "--last-day=\(days.upperBound)"]
    (input, output) = try TLSServer.run(
      ["python3", script.path] + arguments + (version.map { ["--version=\($0)"] } ?? []))
    let line = try await TLSServer.line(output)
    if let reason = line.unavailable { try TLSServer.cancelTest(reason) }
    port = try #require(line.port)
    authority = try #require(line.bundle)
  }

  deinit {
    try? input.close()
    try? output.close()
  }

  /// What the client of the next connection sent under TLS: nothing, where there was no handshake.
  func nextRequest() async throws -> String { try #require(try await TLSServer.line(output).received) }

  /// Apart, for a call that never returns would leave the rest of an initialiser unreachable to the compiler.
  private static func cancelTest(_ reason: String) throws { try Test.cancel(Comment(rawValue: reason)) }

  private static func run(_ command: [String]) throws -> (input: FileHandle, output: FileHandle) {
    let (input, output) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    return (input.fileHandleForWriting, output.fileHandleForReading)
  }

  /// Bounded by the server, which ends by itself: then there is no line.
  private static func line(_ output: FileHandle) async throws -> Line {
    let text = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var text = Data()
        while let byte = try? output.read(upToCount: 1), byte != Data("\n".utf8) { text += byte }
        continuation.resume(returning: text)
      }
    }
    return try JSONDecoder().decode(Line.self, from: text)
  }
}
