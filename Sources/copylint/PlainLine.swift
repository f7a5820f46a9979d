import Copylint

/// Lines of `check` that are read without the parser, whose setting up takes longer than the check of a request: paths,
/// and the options below as hooks and CI write them.
///
/// `CheckCommand` is what defines the command line. Whatever is not plain is left to it, every mistake too, and a test
/// runs lines both ways.
struct PlainLine {
  private var run = CheckRun()
  private var format = OutputFormat.text
  private var given: [String] = []

  /// The run that the words after the verb ask for; nil where the parser has to read them.
  static func run(_ words: [String]) -> CheckRun? {
    var line = PlainLine()
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.utf8.first == UInt8(ascii: "-") {
        guard line.take(word, &rest) else { return nil }
      } else {
        line.run.options.paths.append(word)
      }
    }
    line.run.report(as: line.format)
    return line.run
  }

  private mutating func take(_ option: String, _ rest: inout ArraySlice<String>) -> Bool {
    // One that stands twice may mean something else.
    guard option == "--pack" || !given.contains(option) else { return false }
    given.append(option)
    switch option {
    case "--ndjson": run.options.ndjson = true
    case "--quiet", "-q": run.shown.quiet = true
    case "--no-config":
      guard !given.contains("--config") else { return false }
      run.options.configuration = .none
    default: return take(option, value: rest.popFirst())
    }
    return true
  }

  private mutating func take(_ option: String, value: String?) -> Bool {
    guard let value, let first = value.utf8.first, first != UInt8(ascii: "-") else { return false }
    switch option {
    case "--pack": run.options.packs.append(value)
    case "--config":
      guard !given.contains("--no-config") else { return false }
      run.options.configuration = .file(ByteString(value))
    case "--output-format":
      guard let known = OutputFormat(rawValue: value) else { return false }
      format = known
    default: return false
    }
    return true
  }
}
