import Foundation
import Synchronization

/// A server on loopback that answers each connection by the next step of a script, and keeps what it received.
final class ScriptedServer: Sendable {
  /// What happens on one connection.
  enum Step: Sendable {
    /// Reads the request, writes these bytes, ends the connection.
    case answer(String)
    /// Reads the request, writes these bytes, and keeps the connection until the client ends it.
    case hold(String)
    /// Reads the request, writes these bytes, resets the connection.
    case reset(after: String)
    /// Writes these bytes without reading, ends the connection.
    case speakFirst(String)
    /// Ends the connection without reading.
    case hangUp
  }

  let port: Int
  private let socket: Int32
  private let state: Mutex<(steps: [Step], requests: [String])>

  init(_ steps: [Step]) throws {
    state = Mutex((steps, []))
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.socket = socket
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(socket, raw, size) == 0 && listen(socket, 16) == 0 && getsockname(socket, raw, &size) == 0
      }
    }
    guard listening else { throw POSIXError(.EADDRNOTAVAIL) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in serve() }
  }

  deinit { close(socket) }

  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// The requests so far, whole.
  var requests: [String] { state.withLock { $0.requests } }

  private func serve() {
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else { return }
      let step = state.withLock { $0.steps.isEmpty ? nil : $0.steps.removeFirst() }
      guard let step else {
        close(connection)
        continue
      }
      perform(step, on: connection)
    }
  }

  private func perform(_ step: Step, on connection: Int32) {
    defer { close(connection) }
    if case .hangUp = step { return }
    if case .speakFirst(let text) = step { return Self.write(text, connection) }
    let request = Self.read(connection)
    state.withLock { $0.requests.append(request) }
    switch step {
    case .answer(let text): Self.write(text, connection)
    case .hold(let text):
      Self.write(text, connection)
      var byte: UInt8 = 0
      _ = recv(connection, &byte, 1, 0)
    case .reset(let text):
      Self.write(text, connection)
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    case .hangUp, .speakFirst: break
    }
  }

  /// Reads up to the end of the body that Content-Length states.
  private static func read(_ connection: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let head = text[..<end.lowerBound].lowercased()
      let length = head.components(separatedBy: "content-length: ").dropFirst().first
        .flatMap { Int($0.prefix { $0.isNumber }) }
      if text[end.upperBound...].utf8.count >= length ?? 0 { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, _ connection: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// A response with the right Content-Length.
  static func response(_ status: String, headers: String = "", body: String = "") -> String {
    "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }
}
