/// One format of a report, and where it goes.
public struct ReportDestination: Sendable, Equatable {
  /// Where the bytes go.
  public enum Place: Sendable, Equatable {
    /// Standard output, and standard error for what is not of the format.
    case terminal
    /// A file that appears whole, at the end.
    case file(ByteString)
    /// The end of a file that is somebody else's.
    case appended(ByteString)
  }

  /// How it is written.
  public var format: OutputFormat
  /// Where it goes.
  public var place: Place

  /// One format of a report, and where it goes.
  public init(_ format: OutputFormat, to place: Place = .terminal) {
    self.format = format
    self.place = place
  }

  /// `FORMAT=FILE` of the command line. Throws when there is no such format or no file name.
  public init(argument: String) throws(Diagnostic) {
    let parts = ByteString(argument).bytes.split(separator: UInt8(ascii: "="), maxSplits: 1)
    let names = OutputFormat.allCases.map { ByteString($0.rawValue) }
    let name = ByteString(parts.first ?? [])
    guard let format = OutputFormat(rawValue: name.displayString) else {
      throw Diagnostic(
        "there is no output format \(Escaping.quoted(name))",
        help: Suggestion.help(for: name, amongAll: names, called: "formats"))
    }
    guard parts.count == 2 else {
      throw Diagnostic("the format \(Escaping.quoted(name)) has no file", help: "write `FORMAT=FILE`")
    }
    guard ByteString(parts[1]) != "-" else {
      throw Diagnostic("a report file is called `-`", help: "`--output-format` writes to standard output")
    }
    self.init(format, to: .file(ByteString(parts[1])))
  }

  /// The file that is made, absolute; nil where none is.
  public var madeFile: ByteString? {
    if case .file(let path) = place { FileSystem.absolutePath(path) } else { nil }
  }
}
