import Glibc

/// The files of this machine.
public struct DiskFiles: LocalFiles {
  /// The file system of this process.
  public init() {}

  /// See ``LocalFiles``. Symbolic links are followed, as the SDKs do; a pipe is never waited for.
  public func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8] {
    // Cut at a NUL, the path would name another file.
    guard !path.utf8.contains(0) else { throw .notFound }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .notFound : Self.systemError }
    defer { close(descriptor) }
    try Self.requireRegular(descriptor)
    return try Self.readAll(descriptor, maxBytes)
  }

  /// See ``LocalFiles``.
  public func replace(_ path: String, with content: [UInt8]) throws(LocalFileError) {
    guard !path.utf8.contains(0) else { throw .notFound }
    var template = Array((path + ".XXXXXX").utf8CString)
    // Made 0600.
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .notFound : Self.systemError }
    do throws(LocalFileError) {
      defer { close(descriptor) }
      guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw Self.systemError }
      try Self.writeAll(descriptor, content)
      guard rename(template, path) == 0 else { throw Self.systemError }
    } catch {
      unlink(template)
      throw error
    }
  }

  /// `HOME`, or else what the user database says.
  public func homeDirectory(_ environment: ProcessEnvironment) -> String? {
    if let home = environment["HOME"] { return home }
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil, let home = entry.pw_dir
    else { return nil }
    return String(validatingCString: home)
  }

  private static var systemError: LocalFileError { .refused(reason: ASCII.lowercase(String(cString: strerror(errno)))) }

  /// `/dev/null`, as Linux numbers it: what people name who want no file to be read.
  private static let nullDevice: dev_t = 0x103

  private static func requireRegular(_ descriptor: CInt) throws(LocalFileError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw systemError }
    let isNull = status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == nullDevice
    guard status.st_mode & S_IFMT == S_IFREG || isNull else { throw .notRegular }
  }

  private static func writeAll(_ descriptor: CInt, _ content: [UInt8]) throws(LocalFileError) {
    var rest = content[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw systemError }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw systemError }
  }

  private static func readAll(_ descriptor: CInt, _ maxBytes: Int) throws(LocalFileError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw systemError }
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
      guard content.count <= maxBytes else { throw .tooLarge(limit: maxBytes) }
    }
  }
}
