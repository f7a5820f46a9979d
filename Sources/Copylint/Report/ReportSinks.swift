/// One run's report in any number of formats at once, each to its own destination.
///
/// A sink that fails says so at the end and takes nothing more; the others go on.
struct ReportSinks {
  private var sinks: [ReportSink]
  private let write: (ReportOutput) -> Void

  /// Opens every file. `write` gets what goes to the terminal, as it goes.
  init(
    _ destinations: [ReportDestination], header: Report.Header, options: ReportOptions,
    write: @escaping (ReportOutput) -> Void
  ) {
    sinks = destinations.map { ReportSink($0, header: header, options: options, write: write) }
    self.write = write
  }

  /// Adds a request.
  mutating func add(_ request: Report.Request) {
    for index in sinks.indices { sinks[index].add { $0.add(request, to: &$1) } }
  }

  /// Adds requests of a stream, in the form that every format takes. The lines of `jsonl` stand in `text`.
  mutating func add(_ chunk: JudgedChunk, text: Span) {
    for index in sinks.indices {
      sinks[index].add { reporter, output in
        for part in chunk.parts {
          switch part {
          case .request(let request): reporter.add(request, to: &output)
          case .lines(let range): reporter.add(lines: text.part(range.lowerBound, range.upperBound), to: &output)
          // It was judged before, and is no part of this.
          case .file: continue
          }
        }
        reporter.add(counts: chunk.counts)
      }
    }
  }

  /// Ends every report: the files first, so that the terminal can tell of one that could not be written. Returns what
  /// went wrong with them. `notes` are lines for standard error, after everything.
  mutating func finish(errors: [Diagnostic], notes: [String]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for index in sinks.indices where !sinks[index].isTerminal { problems += sinks[index].finish(errors: errors) }
    for index in sinks.indices where sinks[index].isTerminal { _ = sinks[index].finish(errors: errors + problems) }
    var output = ReportOutput()
    for note in notes { output.standardError += (note + "\n").utf8 }
    write(output)
    return problems
  }
}

/// A reporter with the place its bytes go to.
private struct ReportSink {
  private enum Target {
    case terminal((ReportOutput) -> Void)
    case stream(AtomicFileStream)
    /// Held until the end.
    case appended(ByteString, [UInt8])
    case failed(Diagnostic)
  }

  private let format: OutputFormat
  private var reporter: any Reporter
  private var target: Target

  init(
    _ destination: ReportDestination, header: Report.Header, options: ReportOptions,
    write: @escaping (ReportOutput) -> Void
  ) {
    var options = options
    format = destination.format
    switch destination.place {
    case .terminal: target = .terminal(write)
    case .appended(let path): target = .appended(path, [])
    case .file(let path):
      do throws(Diagnostic) { target = .stream(try AtomicFileStream(path)) } catch { target = .failed(error) }
    }
    if destination.place != .terminal { (options.color, options.hyperlinks) = (false, false) }
    reporter = makeReporter(format, header: header, options: options)
  }

  var isTerminal: Bool { if case .terminal = target { true } else { false } }

  mutating func add(_ body: (inout any Reporter, inout ReportOutput) -> Void) {
    if case .failed = target { return }
    var output = ReportOutput()
    body(&reporter, &output)
    put(output)
  }

  /// Ends the report, and returns why it could not be written.
  mutating func finish(errors: [Diagnostic]) -> [Diagnostic] {
    if case .failed(let error) = target { return [explained(error)] }
    var output = ReportOutput()
    reporter.finish(errors: errors, to: &output)
    put(output)
    do throws(Diagnostic) {
      switch target {
      case .terminal: return []
      case .stream(let stream): try stream.commit()
      case .appended(let path, let bytes): try AppendedFile.append(bytes, to: path)
      case .failed(let error): throw error
      }
      return []
    } catch {
      return [explained(error)]
    }
  }

  /// With what to do, where the error itself does not say.
  private func explained(_ error: Diagnostic) -> Diagnostic {
    var help = "only a regular file is replaced: name another, on a disk that has room"
    if case .appended = target { help = "`--ci none` leaves this report out" }
    return Diagnostic(error.message, help: error.help ?? help, path: error.path)
  }

  private mutating func put(_ output: ReportOutput) {
    switch target {
    case .terminal(let write): write(output)
    case .appended(let path, let bytes): target = .appended(path, bytes + output.standardOutput)
    case .failed: return
    case .stream(let stream):
      // What a format for people says on standard error belongs to its file too; in any other it would break the format.
      let bytes = output.standardOutput + (format.isForPeople ? output.standardError : [])
      do throws(Diagnostic) { try stream.write(bytes) } catch { target = .failed(error) }
    }
  }
}
