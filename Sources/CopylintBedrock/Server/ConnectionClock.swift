import NIOCore

/// The one time limit that a connection is under. It changes with every step of every request, so the event loop has one
/// timer a connection, which looks, when it goes off, whether the limit was moved.
final class ConnectionClock {
  private var deadline: NIODeadline?
  private var act: (() -> Void)?
  private var timer: Scheduled<Void>?
  private var timerTime = NIODeadline.distantFuture

  /// Calls `act`, unless the limit is moved before.
  func set(_ time: TimeAmount, on loop: any EventLoop, _ act: @escaping () -> Void) {
    let deadline = NIODeadline.now() + time
    (self.deadline, self.act) = (deadline, act)
    if timer == nil || deadline < timerTime { start(deadline, loop) }
  }

  /// No limit for now.
  func pause() { (deadline, act) = (nil, nil) }

  /// No limit any more.
  func stop() {
    pause()
    timer?.cancel()
    timer = nil
  }

  private func start(_ time: NIODeadline, _ loop: any EventLoop) {
    timer?.cancel()
    timerTime = time
    timer = loop.assumeIsolated().scheduleTask(deadline: time) { self.ring(loop) }
  }

  private func ring(_ loop: any EventLoop) {
    timer = nil
    guard let deadline else { return }
    guard deadline <= .now() else { return start(deadline, loop) }
    let act = act
    pause()
    act?()
  }
}
