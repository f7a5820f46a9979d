import Glibc

/// A file that says what may be let through: only its owner may be able to change it.
enum TrustedFile {
  /// The content of a regular file, at most `maxBytes` bytes of it.
  ///
  /// Throws as `FileReader.read` does, and when the file is a symbolic link or its group or anyone may write it. What is
  /// asked is the open file, not its name, which may lead elsewhere a moment later.
  static func read(_ path: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    let file = try OpenFile(opening: path, followsLinks: false)
    guard file.permissions & (S_IWGRP | S_IWOTH) == 0 else {
      throw Diagnostic(
        "others than the file's owner can write it", help: "remove the permission: `chmod go-w`", path: path)
    }
    return try FileReader.readAll(file, maxBytes: maxBytes)
  }
}
