/// Where policy is read from. Every read of a configuration, a pack or waivers goes through one of these: the files as
/// they are, or those of a commit.
struct PolicyFiles: Sendable {
  /// The content of a file by its real path. Throws when there is none, or it is too large.
  var read: @Sendable (ByteString) throws(Diagnostic) -> [UInt8]
  /// The absolute path with links resolved; nil when there is no such file.
  var realPath: @Sendable (ByteString) -> ByteString?
  /// Whether anyone may change the file, by its real path.
  var isWritableByOthers: @Sendable (ByteString) -> Bool

  /// The content of a file that lets findings through, by its absolute path: throws also when it is a link, or when
  /// others than its owner may change it.
  var readTrusted: @Sendable (ByteString) throws(Diagnostic) -> [UInt8] = { path throws(Diagnostic) in
    try TrustedFile.read(path, maxBytes: maxBytes)
  }

  /// The largest file of policy, in bytes.
  static let maxBytes = 4 << 20

  /// The files as they are.
  static let fileSystem = PolicyFiles(
    read: { path throws(Diagnostic) in try FileReader.read(path, maxBytes: maxBytes) },
    realPath: { FileSystem.realPath($0) }, isWritableByOthers: { FileSystem.isWritableByOthers($0) })

  /// Whether the path leads to anything.
  func exists(_ path: ByteString) -> Bool { realPath(path) != nil }

  /// The content of what a path leads to, links followed.
  func content(_ path: ByteString) throws(Diagnostic) -> [UInt8] {
    guard let real = realPath(path) else { throw SystemError.noSuchFile.diagnostic(path) }
    return try read(real)
  }
}
