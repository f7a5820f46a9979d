@testable import BedrockClient

/// Files that exist in a test only.
struct MemoryFiles: LocalFiles {
  var contents: [String: [UInt8]] = [:]
  var home: String? = "/home/user"

  init(_ contents: [String: String] = [:]) { self.contents = contents.mapValues { Array($0.utf8) } }

  func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8] {
    guard let content = contents[path] else { throw .notFound }
    guard content.count <= maxBytes else { throw .tooLarge(limit: maxBytes) }
    return content
  }

  func homeDirectory(_ environment: ProcessEnvironment) -> String? { environment["HOME"] ?? home }

  /// The two shared files in the home directory.
  static func shared(config: String = "", credentials: String = "") -> MemoryFiles {
    MemoryFiles(["/home/user/.aws/config": config, "/home/user/.aws/credentials": credentials])
  }
}
