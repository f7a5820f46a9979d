/// What the files of a directory have in common, so that their paths need not be taken apart one by one.
struct InputDirectory {
  private let path: ByteString
  /// What comes before a file's name as it is reported; nil where that is as it was found.
  private let shown: ByteString?
  /// What comes before it in the path from the root; nil where that is its absolute path.
  private let policy: ByteString?
  /// Whether the two are one.
  private let isShownFromRoot: Bool

  private static let separator = UInt8(ascii: "/")

  /// `real` is the directory without symbolic links; all are absolute.
  init(_ path: ByteString, real: ByteString, from workingDirectory: ByteString, root: ByteString) {
    self.path = path
    shown = Path.beneath(path, workingDirectory).map { Path.prefix($0) }
    policy = Path.beneath(real, root).map { Path.prefix($0) }
    isShownFromRoot = shown != nil && shown == policy
  }

  /// Whether a path is one of a file in the directory, by a name that needs no second look: one that begins with a dot
  /// may be none.
  func holds(_ file: ByteString) -> Bool {
    let start = path.count + 1
    guard path.count > 1, file.count > start, file.bytes[start - 1] == Self.separator, file.starts(with: path),
      file.bytes[start] != UInt8(ascii: ".")
    else { return false }
    return file.bytes.withUnsafeBufferPointer { $0.offset(of: Self.separator, from: start) == nil }
  }

  /// A file that the directory holds, found as `shown`.
  func input(_ file: ByteString, shown found: ByteString) -> FileSelection.Input {
    let shown = shown.map { name(of: file, after: $0) } ?? found
    let policyPath = isShownFromRoot ? shown : policy.map { name(of: file, after: $0) } ?? file
    return FileSelection.Input(file: file, shown: shown, policyPath: policyPath)
  }

  private func name(of file: ByteString, after prefix: ByteString) -> ByteString {
    var path = prefix
    path.bytes += file.bytes[(self.path.count + 1)...]
    return path
  }
}
