/// The files of a log, in the order they were written.
public enum LogFiles: Sendable {
  /// The log at a path, after the parts that were set aside (`PATH.20261125T093000Z-0001`).
  case log(String)
  /// These, in this order.
  case files([String])

  func open() throws(DecisionLogError) -> [LogLineReader] {
    switch self {
    case .log(let path): return try Self.open(path)
    case .files(let paths):
      var readers: [LogLineReader] = []
      for path in paths { readers.append(try LogLineReader(path)) }
      return readers
    }
  }

  /// The log is opened first: what is set aside from then on is read under its old name, and what is newer is left out.
  private static func open(_ path: String) throws(DecisionLogError) -> [LogLineReader] {
    var newest: LogLineReader?
    let missing: DecisionLogError?
    do throws(DecisionLogError) {
      newest = try LogLineReader(path)
      missing = nil
    } catch {
      missing = error
    }
    var readers: [LogLineReader] = []
    for part in (try? LogParts.names(of: path)) ?? [] {
      let reader = try LogLineReader(part)
      if reader.identity == newest?.identity { break }
      readers.append(reader)
    }
    // A crash may have come between setting a file aside and beginning the new one.
    if let missing, readers.isEmpty || !missing.isAbsence { throw missing }
    return readers + [newest].compactMap { $0 }
  }
}
