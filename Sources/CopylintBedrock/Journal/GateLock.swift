import Glibc

/// What shows of a gate that it lives: a lock that it has for as long as its journal may need its log.
///
/// It is one of an open file description (fcntl(2)): it ends with the process, however that ends, and processes in other
/// containers see it, where a process id says nothing. The journal's own file has none of it, because SQLite's locks end
/// where any descriptor of their file is closed.
final class GateLock: Sendable {
  /// Which lock a gate has; no gate had it before.
  ///
  /// INVARIANT: while one has it, no other file has that device and that number, because the gate has this one open.
  struct Name: Equatable {
    let device: UInt64
    let file: UInt64
    let byte: Int64
  }

  let name: Name
  private let descriptor: Int32

  fileprivate init(_ name: Name, _ descriptor: Int32) { (self.name, self.descriptor) = (name, descriptor) }

  deinit { close(descriptor) }
}

extension GateLock.Name: CustomStringConvertible {
  /// `DEVICE:FILE:BYTE`
  var description: String { "\(device):\(file):\(byte)" }

  /// From the same; nil for all else.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let device = UInt64(parts[0]), let file = UInt64(parts[1]), let byte = Int64(parts[2]),
      byte >= 0
    else { return nil }
    self.init(device: device, file: file, byte: byte)
  }
}

/// The file beside a journal that gates have their locks in, each on a byte of its own. It is empty, and nobody removes it.
struct GateLocks {
  private let path: String

  /// `path` is the journal's.
  init(of path: String) { self.path = path + "-gates" }

  /// Takes a lock that nobody has. Makes the file, 0600, where it is not there.
  func take() throws(JournalError) -> GateLock {
    let descriptor = open(path, Self.flags | O_CREAT, 0o600)
    guard descriptor >= 0 else { throw unusable(StateFileFault.words(errno)) }
    guard let status = PrivateFile.status(descriptor) else {
      close(descriptor)
      throw unusable(PrivateFile.demand)
    }
    let name = GateLock.Name(
      device: UInt64(status.st_dev), file: UInt64(status.st_ino), byte: Int64.random(in: 0..<1 << 62))
    let lock = GateLock(name, descriptor)
    var request = Self.request(name)
    guard fcntl(descriptor, Self.setLock, &request) == 0 else { throw unusable(StateFileFault.words(errno)) }
    return lock
  }

  /// Whether it is certain that nobody has the lock, and so that the gate is gone which had it.
  func isFree(_ name: GateLock.Name) -> Bool {
    let descriptor = open(path, Self.flags)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard let status = PrivateFile.status(descriptor), UInt64(status.st_dev) == name.device,
      UInt64(status.st_ino) == name.file
    else { return false }
    var request = Self.request(name)
    return fcntl(descriptor, Self.getLock, &request) == 0 && Int32(request.l_type) == F_UNLCK
  }

  private static let flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC

  private static func request(_ name: GateLock.Name) -> flock {
    var request = flock()
    request.l_type = Int16(F_WRLCK)
    request.l_whence = Int16(SEEK_SET)
    request.l_start = off_t(name.byte)
    request.l_len = 1
    return request
  }

  // `F_OFD_GETLK` and `F_OFD_SETLK`, which Swift's module of the C library leaves out; the same on every architecture.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  private func unusable(_ reason: String) -> JournalError { .unusable(path: path, reason: reason) }
}
