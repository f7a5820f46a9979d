import Synchronization

@testable import BedrockClient

/// Files that exist in a test only.
struct MemoryFiles: LocalFiles {
  var contents: [String: [UInt8]] = [:]
  var home: String? = "/home/user"
  var isReadOnly = false
  /// What was put in the place of `contents`.
  let replaced = Replaced()

  final class Replaced: Sendable {
    let contents = Mutex<[String: [UInt8]]>([:])
  }

  init(_ contents: [String: String] = [:]) { self.contents = contents.mapValues { Array($0.utf8) } }

  func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8] {
    guard let content = replaced.contents.withLock({ $0[path] }) ?? contents[path] else { throw .notFound }
    guard content.count <= maxBytes else { throw .tooLarge(limit: maxBytes) }
    return content
  }

  func replace(_ path: String, with content: [UInt8]) throws(LocalFileError) {
    guard !isReadOnly else { throw .refused(reason: "read-only file system") }
    replaced.contents.withLock { $0[path] = content }
  }

  func homeDirectory(_ environment: ProcessEnvironment) -> String? { environment["HOME"] ?? home }

  /// The two shared files in the home directory.
  static func shared(config: String = "", credentials: String = "") -> MemoryFiles {
    MemoryFiles(["/home/user/.aws/config": config, "/home/user/.aws/credentials": credentials])
  }
}
