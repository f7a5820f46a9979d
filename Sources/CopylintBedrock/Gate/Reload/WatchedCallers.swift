import BedrockClient
import Copylint

/// The callers of a file that changes: whoever is taken out of it is refused from the next request on. A file that cannot be
/// used leaves those known that were.
public struct WatchedCallers: GateCallers {
  private let watch: WatchedValue<KnownCallers>

  /// Reads the file. Throws everything that is wrong with it. `onEvent` is told of every later time that it is read, one at
  /// a time, on a thread of its own.
  public init(
    path: ByteString, onEvent: @escaping @Sendable (ReloadEvent<KnownCallers>) -> Void
  ) throws(PolicyErrors) {
    watch = try WatchedValue(
      directories: { WatchedDirectories.ofFile(path) }, isSame: { $0.file == $1.file }, onEvent: onEvent,
      load: { () throws(PolicyErrors) in KnownCallers(try GatewayCallers(path: path)) })
  }

  /// Those in force.
  public var current: KnownCallers { watch.current.value }

  /// The credentials of a key id that a caller in force has.
  public func credentials(of accessKeyID: String) -> [AWSCredentials] {
    current.callers.credentials(of: accessKeyID)
  }

  /// Reads the file now; returns when that is done and `onEvent` knows.
  public func reload() async { await watch.reload() }

  /// Hears of no more changes.
  public func stop() { watch.stop() }
}

/// Who may call, as the file says it and as signatures are verified.
public struct KnownCallers: Sendable {
  fileprivate let file: GatewayCallers
  fileprivate let callers: FixedCallers

  fileprivate init(_ file: GatewayCallers) {
    self.file = file
    callers = FixedCallers(
      file.callers.map {
        AWSCredentials(
          accessKeyID: $0.accessKeyID.displayString, secretAccessKey: $0.secretAccessKey.displayString)
      })
  }

  /// Who they are, for people, in the order of the file.
  public var names: [String] { file.callers.map(\.name.displayString) }
}
