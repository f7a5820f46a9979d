import Glibc

/// Which files journal and log are kept in: those that this user alone may use.
enum PrivateFile {
  /// What the words of errors say of one that is none.
  static let demand = "it is not a regular file of this user alone (0600)"

  /// The status of an open file; nil where it is no such file.
  static func status(_ descriptor: Int32) -> stat? {
    var status = stat()
    let isPlain =
      fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
      && status.st_mode & 0o077 == 0
    return isPlain ? status : nil
  }
}
