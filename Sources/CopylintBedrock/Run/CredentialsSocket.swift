import BedrockClient
import Copylint
import Glibc
import NIOCore
import NIOPosix

/// Hands out the credentials of a run through a Unix socket: whoever connects, as this user, is sent the document of
/// ``ProcessCredentialsDocument`` or `error: …`, and the connection is closed.
///
/// So the keys are in the memory of processes only, and what is handed out is what is valid then.
struct CredentialsSocket: Sendable {
  private let listener: any Channel

  /// Listens at a path that nothing stands at yet. Throws NIO's error where that is impossible.
  static func start(at path: String, _ credentials: RunCredentials) async throws -> CredentialsSocket {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in setUp(channel, credentials) }
      .bind(unixDomainSocketPath: path).get()
    let socket = CredentialsSocket(listener: listener)
    guard chmod(path, 0o600) == 0 else {
      await socket.stop()
      throw PrivateFolderError(path: path, action: "protect", code: errno)
    }
    return socket
  }

  /// Listens no more.
  func stop() async { try? await listener.close() }

  private static func setUp(_ channel: any Channel, _ credentials: RunCredentials) -> EventLoopFuture<Void> {
    peerUser(channel).flatMapThrowing { user in
      guard user == geteuid() else { throw ForeignPeer() }
      try channel.pipeline.syncOperations.addHandler(Answer(credentials))
    }
  }

  /// The user whose process is at the other end, as the kernel knows it (unix(7), `SO_PEERCRED`).
  private static func peerUser(_ channel: any Channel) -> EventLoopFuture<uid_t> {
    guard let options = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(ForeignPeer())
    }
    let peer: EventLoopFuture<Peer> = options.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    return peer.map(\.user)
  }

  /// `struct ucred`, which the Glibc module lacks.
  private struct Peer: Sendable {
    var process: pid_t
    var user: uid_t
    var group: gid_t
  }

  private struct ForeignPeer: Error {}

  /// Answers one connection.
  private final class Answer: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let credentials: RunCredentials

    init(_ credentials: RunCredentials) { self.credentials = credentials }

    func channelActive(context: ChannelHandlerContext) {
      let channel = context.channel
      let credentials = credentials
      Task { await Self.answer(channel, credentials) }
    }

    private static func answer(_ channel: any Channel, _ credentials: RunCredentials) async {
      let bytes = await bytes(credentials)
      try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
      try? await channel.close()
    }

    private static func bytes(_ credentials: RunCredentials) async -> [UInt8] {
      do throws(CredentialsError) {
        return ProcessCredentialsDocument.bytes(try await credentials.current())
      } catch {
        return Array("error: \(Escaping.visible(error.description))".utf8)
      }
    }
  }
}
