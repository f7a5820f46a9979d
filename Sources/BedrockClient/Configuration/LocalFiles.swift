/// Reads the files that credentials and settings come from.
public protocol LocalFiles: Sendable {
  /// The content of a regular file, at most `maxBytes` bytes of it. Throws ``LocalFileError``.
  func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8]

  /// Puts a file of this user alone (0600) in the place of one, or where there is none, in one step: whoever reads it finds
  /// the one or the other. Throws ``LocalFileError``.
  func replace(_ path: String, with content: [UInt8]) throws(LocalFileError)

  /// The home directory, that `~` stands for, or nil where there is none.
  func homeDirectory(_ environment: ProcessEnvironment) -> String?
}

/// Why a file was not read, or not replaced.
public enum LocalFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing is there.
  case notFound
  /// A directory, a pipe, a device or a socket.
  case notRegular
  /// Larger than the bound, in bytes.
  case tooLarge(limit: Int)
  /// The system refused, with its reason.
  case refused(reason: String)

  /// The reason, to stand after a path.
  public var description: String {
    switch self {
    case .notFound: "no such file"
    case .notRegular: "not a regular file"
    case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
    case .refused(let reason): reason
    }
  }
}

extension LocalFiles {
  /// A path whose leading `~` or `~/` is the home directory; any other path as it stands.
  func expanded(_ path: String, _ environment: ProcessEnvironment) -> String {
    guard path.utf8.first == UInt8(ascii: "~"), let home = homeDirectory(environment) else { return path }
    let rest = path.utf8.dropFirst()
    guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return path }
    return home + String(Substring(rest))
  }
}
