import NIOCore
import Synchronization

/// The open connections of one server.
final class ConnectionSet: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var emptied: EventLoopPromise<Void>?
  }

  private let limit: Int
  private let onChange: @Sendable (_ isOpen: Bool) -> Void
  private let state = Mutex(State())

  /// `onChange` is told of every connection that is taken, and of its end.
  init(limit: Int, onChange: @escaping @Sendable (_ isOpen: Bool) -> Void) {
    (self.limit, self.onChange) = (limit, onChange)
  }

  /// How many there are.
  var count: Int { state.withLock { $0.channels.count } }

  /// Whether there is room for one more; it leaves by itself when it is closed.
  func add(_ channel: any Channel) -> Bool {
    let id = ObjectIdentifier(channel)
    let isAdded = state.withLock { state in
      guard state.channels.count < limit, state.emptied == nil else { return false }
      state.channels[id] = channel
      return true
    }
    guard isAdded else { return false }
    onChange(true)
    channel.closeFuture.whenComplete { _ in self.remove(id) }
    return true
  }

  /// Has every connection finish what it is at; done when all are closed. No new one is taken.
  func drain(on loop: any EventLoop) -> EventLoopFuture<Void> {
    let promise = loop.makePromise(of: Void.self)
    let channels = state.withLock { state in
      state.emptied = promise
      return Array(state.channels.values)
    }
    if channels.isEmpty { promise.succeed() }
    for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ConnectionHandler.Drain()) }
    return promise.futureResult
  }

  /// Ends every connection where it stands.
  func closeAll() {
    for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
  }

  private func remove(_ id: ObjectIdentifier) {
    onChange(false)
    let emptied = state.withLock { state in
      state.channels[id] = nil
      return state.channels.isEmpty ? state.emptied : nil
    }
    emptied?.succeed()
  }
}
