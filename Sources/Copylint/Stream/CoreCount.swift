import CCores

/// How many cores the process may run on.
enum CoreCount {
  /// At most 8, so that memory stays bounded on large machines; 1 where it cannot be told. A process that is held to
  /// some cores (`taskset`, cpusets) has those.
  static var available: Int {
    var cores = [UInt](repeating: 0, count: 64)
    guard sched_getaffinity(0, cores.count * MemoryLayout<UInt>.size, &cores) == 0 else { return 1 }
    let count = cores.reduce(0) { $0 + $1.nonzeroBitCount }
    return min(max(count, 1), 8)
  }
}
