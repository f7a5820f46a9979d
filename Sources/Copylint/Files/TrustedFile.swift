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

  /// The content of a file that holds secrets: nobody but its owner may even read it. Throws as `read` does.
  static func readPrivate(_ path: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    let file = try OpenFile(opening: path, followsLinks: false)
    guard file.permissions & (S_IRWXG | S_IRWXO) == 0 else {
      throw Diagnostic(
        "others than the file's owner can read its secrets", help: "take the permission away: `chmod 600`", path: path)
    }
    return try FileReader.readAll(file, maxBytes: maxBytes)
  }
}
