import Glibc

/// Asks the gate of a run for the credentials, from within the command's processes.
package enum CredentialsRequest {
  /// The hidden verb that does it, with the socket's path behind it.
  package static let verb = "run-credentials"

  /// What the gate answers: `.success` with the JSON that a `credential_process` is to write, `.failure` with what to
  /// tell the user. Blocks until the gate has closed the connection.
  package static func ask(_ path: String) -> Result<[UInt8], Failure> {
    let descriptor = connect(to: path)
    guard descriptor >= 0 else { return .failure(.ended) }
    defer { close(descriptor) }
    let answer = read(descriptor)
    if answer.first == UInt8(ascii: "{"), answer.last == UInt8(ascii: "}") { return .success(answer) }
    return .failure(answer.isEmpty ? .ended : Failure(message: String(decoding: answer, as: UTF8.self)))
  }

  /// Why there are no credentials; nothing of it is secret.
  package struct Failure: Error, Sendable, Equatable {
    /// With `error: ` before it.
    package var message: String

    static let ended = Failure(message: "error: the `copylint run` that these credentials came from has ended")
  }

  /// The largest answer: a session token may have some kilobytes.
  private static let maxBytes = 256 << 10

  private static func connect(to path: String) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room, !path.utf8.contains(0) else { return -1 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return -1 }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let failed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) != 0 }
    }
    guard failed else { return descriptor }
    close(descriptor)
    return -1
  }

  private static func read(_ descriptor: CInt) -> [UInt8] {
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while answer.count <= maxBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return answer }
      answer.append(contentsOf: chunk[..<count])
    }
    return []
  }
}
