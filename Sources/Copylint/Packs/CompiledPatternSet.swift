import CRE2

/// Many RE2 patterns compiled into one automaton, which names those that may match a value; owns it.
final class CompiledPatternSet: Sendable {
  // RE2's sets are safe to match from several threads; this one is freed once, here.
  private nonisolated(unsafe) let set: OpaquePointer
  private let count: Int

  /// Memory for the automaton of a set.
  private static let maxMemory: Int64 = 64 << 20

  /// Nil where RE2 refuses one of them, or has no memory for all of them together.
  init?(_ patterns: [ByteString]) {
    guard let empty = cre2_set_new(Self.maxMemory) else { return nil }
    count = patterns.count
    set = empty
    for pattern in patterns {
      let isAdded = pattern.bytes.withUnsafeBytes { buffer in
        cre2_set_add(empty, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
      }
      guard isAdded == 1 else { return nil }
    }
    guard cre2_set_compile(empty) == 1 else { return nil }
  }

  deinit { cre2_set_free(set) }

  /// The positions of the patterns that match the whole value, ascending; nil where the automaton ran out of memory.
  func candidates(_ value: Span) -> [Int]? {
    var found: [Int32] = Array(repeating: 0, count: min(count, 64))
    var total = match(value, &found)
    if total > found.count {
      found = Array(repeating: 0, count: total)
      total = match(value, &found)
    }
    return total < 0 ? nil : found[..<total].map { Int($0) }
  }

  private func match(_ value: Span, _ found: inout [Int32]) -> Int {
    let capacity = found.count
    return found.withUnsafeMutableBufferPointer { found in
      // RE2 wants a pointer even for no bytes.
      guard let start = value.baseAddress else { return Int(cre2_set_match(set, "", 0, found.baseAddress, capacity)) }
      let text = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
      return Int(cre2_set_match(set, text, value.count, found.baseAddress, capacity))
    }
  }
}
