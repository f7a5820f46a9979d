import CCurl
import Glibc

/// What waits for sockets of libcurl, and can be woken by any thread: epoll(7), in which sockets may be changed while a
/// thread waits. Times are milliseconds of the monotonic clock.
final class CurlPoller: Sendable {
  static let never = Int.max

  private let descriptor: Int32
  private let waker: Int32

  /// Nil where the process has no descriptors left.
  init?() {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    waker = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0, waker >= 0, copylint_epoll_watch(descriptor, waker, CURL_POLL_IN) == 0 else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if waker >= 0 { close(waker) }
  }

  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }

  /// Waits for what libcurl's socket callback says. What fails here, fails when the socket is used.
  func watch(_ socket: curl_socket_t, _ what: Int32) -> Int32 {
    copylint_epoll_watch(descriptor, socket, what)
    return 0
  }

  /// Has `wait` return, now or when it is called next.
  func wake() { eventfd_write(waker, 1) }

  /// Waits until something happens to a socket, somebody wakes it, or the time has come.
  func wait(until time: Int) -> [copylint_epoll_event] {
    // The next millisecond, for the one that is now may not be over.
    let timeout = time == Self.never ? -1 : Int32(clamping: max(0, time - Self.now() + 1))
    let events = [copylint_epoll_event](unsafeUninitializedCapacity: 64) { events, count in
      count = max(0, Int(copylint_epoll_wait(descriptor, events.baseAddress, 64, timeout)))
    }
    guard let own = events.firstIndex(where: { $0.descriptor == waker }) else { return events }
    var value: eventfd_t = 0
    eventfd_read(waker, &value)
    return Array(events[..<own] + events[(own + 1)...])
  }
}
