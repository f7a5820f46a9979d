import BedrockClient
import Copylint
import Glibc

/// A temporary folder of this user's alone (0700), with what a run hands to its command.
///
/// Its path has no character that a shell, the shared config file or a socket's address could misread: the paths within
/// it stand in all three.
struct PrivateFolder: Sendable {
  let path: String

  /// Makes one in `$XDG_RUNTIME_DIR`, `$TMPDIR` or `/tmp`, the first that does. Throws where none does.
  static func make(_ environment: ProcessEnvironment) throws(PrivateFolderError) -> PrivateFolder {
    let places = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment[$0] }.filter(isPlain) + ["/tmp"]
    for place in places {
      var template = Array("\(place)/copylint-run-XXXXXX".utf8CString)
      // 0700, whatever the process's mask.
      guard mkdtemp(&template) != nil else { continue }
      return PrivateFolder(path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    throw PrivateFolderError(path: places.joined(separator: ", "), action: "make a folder in", code: errno)
  }

  /// The path of a file in it.
  subscript(name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, 0600.
  func write(_ bytes: [UInt8], to name: String) throws(PrivateFolderError) {
    let descriptor = open(self[name], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("make", name) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw failure("write", name) }
    }
  }

  /// Makes a symbolic link in it that leads to `target`.
  func link(_ name: String, to target: [UInt8]) throws(PrivateFolderError) {
    let target = target.map { CChar(bitPattern: $0) } + [0]
    guard symlink(target, self[name]) == 0 else { throw failure("make", name) }
  }

  /// Removes the folder with the files of these names, those that are there.
  func remove(_ names: [String]) {
    for name in names { unlink(self[name]) }
    rmdir(path)
  }

  private func failure(_ action: String, _ name: String) -> PrivateFolderError {
    PrivateFolderError(path: self[name], action: action, code: errno)
  }

  /// Whether a folder's path is absolute, short enough for the address of a socket beneath it (108 bytes), and plain.
  private static func isPlain(_ path: String) -> Bool {
    path.utf8.first == UInt8(ascii: "/") && path.utf8.count <= 60
      && path.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "/._-".utf8.contains(byte)
        }
      }
  }
}

/// What keeps a run from handing its files to its command.
package struct PrivateFolderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or the folders that it was about.
  package let path: String
  /// What did not work, before the path.
  package let action: String
  /// The system's error number.
  package let code: Int32

  /// What is wrong: lowercase, no full stop.
  package var description: String {
    "cannot \(action) \(Escaping.quoted(ByteString(path))): \(String(cString: strerror(code)).lowercased())"
  }
}
