/// Bytes that are written once and read back, in memory that is used again: no check of uniqueness, nothing zeroed.
struct ByteBuffer: ~Copyable, ByteSink {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Borrowed until the next change.
  var span: Span { Span(start: base, count: count) }

  /// Forgets what is behind an offset, and keeps the memory.
  mutating func cut(to offset: Int = 0) { count = offset }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(1) }
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(span: Span) {
    guard let start = span.baseAddress else { return }
    if capacity - count < span.count { grow(span.count) }
    (base + count).update(from: start, count: span.count)
    count += span.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append(span: $0) } }

  /// In decimal; not negative.
  mutating func append(decimal number: Int) {
    if capacity - count < 20 { grow(20) }
    let start = count
    count += Self.digits(of: number)
    var rest = UInt(number)
    var at = count
    repeat {
      at -= 1
      base[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while at > start
  }

  /// How many decimal digits a number has; not negative.
  static func digits(of number: Int) -> Int {
    var (digits, bound) = (1, 10 as UInt)
    while digits < 19, UInt(number) >= bound { (digits, bound) = (digits + 1, bound &* 10) }
    return digits
  }

  /// Leaves room to be filled in later, and returns where it begins.
  mutating func leaveRoom(_ size: Int) -> Int {
    if capacity - count < size { grow(size) }
    defer { count += size }
    return count
  }

  /// What is filled in at an offset.
  mutating func withRoom(at offset: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) { body(base + offset) }

  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
