/// What the files of a directory have in common, so that their paths need not be taken apart one by one.
struct InputDirectory {
  private let path: ByteString
  /// What comes before a file's name as it is reported; nil where that is its absolute path.
  let shown: [UInt8]?
  /// What comes before it in the path from the root; nil likewise.
  let policy: [UInt8]?

  private static let separator = UInt8(ascii: "/")

  /// `real` is the directory without symbolic links; all are absolute.
  init(_ path: ByteString, real: ByteString, from workingDirectory: ByteString, root: ByteString) {
    self.path = path
    shown = Path.beneath(path, workingDirectory).map { Self.prefix($0) }
    policy = Path.beneath(real, root).map { Self.prefix($0) }
  }

  private static func prefix(_ directory: ByteString) -> [UInt8] {
    directory == "." ? [] : directory.bytes + [separator]
  }

  /// Whether a path is one of a file in the directory, by a name that needs no second look: one that begins with a dot
  /// may be none.
  func holds(_ file: ByteString) -> Bool {
    let start = path.count + 1
    guard path.count > 1, file.count > start, file.bytes[start - 1] == Self.separator, file.starts(with: path),
      file.bytes[start] != UInt8(ascii: ".")
    else { return false }
    return !file.bytes[start...].contains(Self.separator)
  }

  /// The path of a file that the directory holds, from where `prefix` says; nil without one.
  func path(of file: ByteString, from prefix: [UInt8]?) -> ByteString? {
    prefix.map { ByteString($0 + file.bytes[(path.count + 1)...]) }
  }
}
