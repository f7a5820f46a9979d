import Glibc

/// The calls of the system that can fail on a disk; each sets `errno`.
struct LogFileCalls: Sendable {
  var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  var synchronise: @Sendable (Int32) -> Int32
  var truncate: @Sendable (Int32, Int) -> Int32

  /// The system's own. fdatasync(2) brings the bytes and the size that leads to them to the disk, as fsync(2) does, and
  /// leaves out the times of the file, which cost another turn of the disk.
  static let system = LogFileCalls(
    write: { Glibc.write($0, $1.baseAddress, $1.count) }, synchronise: { fdatasync($0) },
    truncate: { ftruncate($0, off_t($1)) })
}
