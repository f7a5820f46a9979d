import Foundation

@testable import Copylint

/// A folder of its own for one test, gone with it.
final class ScratchFolder {
  let path: ByteString

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("copylint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = FileSystem.realPath(ByteString(url.path)) ?? ByteString(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.displayString) }

  func path(_ relative: ByteString) -> ByteString { Path.join(path, relative) }

  /// Writes a file and makes the directories above it. Bytes throughout, as names need not be UTF-8.
  @discardableResult func write(_ content: [UInt8], to relative: ByteString) -> ByteString {
    let file = path(relative)
    makeDirectory(Path.parent(relative))
    let descriptor = file.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) }
    var rest = content[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    close(descriptor)
    return file
  }

  func makeDirectory(_ relative: ByteString) {
    guard relative != ".", !FileSystem.exists(path(relative)) else { return }
    makeDirectory(Path.parent(relative))
    _ = path(relative).withCString { mkdir($0, 0o700) }
  }

  func link(_ relative: ByteString, to target: ByteString) {
    _ = path(relative).withCString { name in target.withCString { symlink($0, name) } }
  }
}
