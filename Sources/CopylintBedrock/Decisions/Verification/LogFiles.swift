/// The files of a log, in the order they were written.
public enum LogFiles: Sendable {
  /// The log at a path, after the parts that were set aside (`PATH.20261125T093000Z-0001`).
  case log(String)
  /// These, in this order.
  case files([String])

  /// A file to read: one that was set aside does not change, and is opened when it is its turn.
  struct Source {
    var path: String
    /// The log itself, which has to be open before it is known what was set aside.
    var opened: LogLineReader?

    /// A reader from the beginning.
    func reader() throws(DecisionLogError) -> LogLineReader {
      if let opened { return opened }
      return try LogLineReader(path)
    }
  }

  /// Throws where one cannot be read.
  func sources() throws(DecisionLogError) -> [Source] {
    switch self {
    case .log(let path): return try Self.sources(path)
    case .files(let paths):
      for path in paths { _ = try LogLineReader(path) }
      return paths.map { Source(path: $0) }
    }
  }

  /// The log is opened first: what is set aside from then on is read under its old name, and what is newer is left out.
  private static func sources(_ path: String) throws(DecisionLogError) -> [Source] {
    let newest = try newest(path)
    var sources: [Source] = []
    for part in try LogParts.names(of: path) {
      let identity = try LogLineReader(part).identity
      if identity == newest?.identity { break }
      sources.append(Source(path: part))
    }
    if let newest { return sources + [Source(path: path, opened: newest)] }
    // A crash may have come between setting a file aside and beginning the new one.
    guard !sources.isEmpty else { throw .absence(path) }
    return sources
  }

  /// Nil where there is no such file.
  private static func newest(_ path: String) throws(DecisionLogError) -> LogLineReader? {
    do throws(DecisionLogError) {
      return try LogLineReader(path)
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }
}
