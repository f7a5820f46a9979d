/// Where a server listens.
public struct ListenAddress: Sendable, Equatable {
  /// An IP address or a host's name.
  public let host: String
  /// 0 has the system choose.
  public let port: Int

  /// Loopback: reachable from this machine only.
  public init(port: Int = 0) {
    host = "127.0.0.1"
    self.port = port
  }

  /// Any address; who can reach it can talk to the server.
  public init(reachableHost host: String, port: Int) {
    self.host = host
    self.port = port
  }
}
