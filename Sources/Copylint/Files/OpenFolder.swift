import Glibc

/// An open directory, in which files are made by name: whatever happens to its path, it stays the same directory.
final class OpenFolder {
  private let descriptor: Int32

  init(_ path: ByteString) throws(SystemError) {
    descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_DIRECTORY) }
    guard descriptor >= 0 else { throw .last }
  }

  deinit { close(descriptor) }

  /// Waits for whoever else has the directory locked, and has it locked while this object lives (flock(2)). A file system
  /// without locks on directories, as NFS is, lets everybody in.
  func lock() throws(SystemError) {
    while flock(descriptor, LOCK_EX) != 0 {
      let error = SystemError.last
      if [EBADF, ENOLCK, EOPNOTSUPP].contains(error.code) { return }
      guard error.code == EINTR else { throw error }
    }
  }

  /// Type and permissions of an entry, of a symbolic link itself; nil where there is none.
  func mode(of name: ByteString) throws(SystemError) -> mode_t? {
    var status = stat()
    if name.withCString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 { return status.st_mode }
    let error = SystemError.last
    guard error.code == ENOENT, !name.isEmpty else { throw error }
    return nil
  }

  /// Makes a file whole, or leaves nothing behind. Without `mayReplace` an entry of that name is an error. `confirm` is
  /// asked last, when nothing but the rename is left; what it throws leaves everything as it was.
  func put(
    _ bytes: [UInt8], at name: ByteString, permissions: mode_t, mayReplace: Bool,
    confirm: () throws(SystemError) -> Void = { () throws(SystemError) in }
  ) throws(SystemError) {
    let temporary = Self.temporaryName()
    do throws(SystemError) {
      try make(temporary, bytes, permissions)
      try confirm()
      try rename(temporary, to: name, mayReplace: mayReplace)
    } catch {
      remove(temporary)
      throw error
    }
  }

  /// A name that nothing has, and that no glob for requests takes.
  static func temporaryName() -> ByteString {
    ByteString(".copylint-" + String(UInt64.random(in: .min ... .max), radix: 16))
  }

  /// Makes a new file that is 0600 and open for writing; the descriptor is the caller's.
  func create(_ name: ByteString) throws(SystemError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = name.withCString { openat(descriptor, $0, flags, 0o600) }
    guard file >= 0 else { throw .last }
    return file
  }

  /// Writes all of it.
  static func write(_ bytes: [UInt8], to file: Int32) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw .last }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Removes an entry, if it is there.
  func remove(_ name: ByteString) { _ = name.withCString { unlinkat(descriptor, $0, 0) } }

  private func make(_ name: ByteString, _ bytes: [UInt8], _ permissions: mode_t) throws(SystemError) {
    let file = try create(name)
    defer { close(file) }
    try Self.write(bytes, to: file)
    guard fchmod(file, permissions) == 0, fsync(file) == 0 else { throw .last }
  }

  /// A link fails where its name is taken, in one step; a rename would not.
  func rename(_ temporary: ByteString, to name: ByteString, mayReplace: Bool) throws(SystemError) {
    let result = temporary.withCString { old in
      name.withCString { new in
        mayReplace
          ? renameat(descriptor, old, descriptor, new) : linkat(descriptor, old, descriptor, new, 0)
      }
    }
    guard result == 0 else { throw .last }
    if !mayReplace { remove(temporary) }
    // The name is on the disk only with its directory; a file system that cannot promise this has still renamed.
    fsync(descriptor)
  }
}
