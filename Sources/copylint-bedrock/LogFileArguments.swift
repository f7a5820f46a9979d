import ArgumentParser
import Copylint
import CopylintBedrock

/// Which files are the log.
struct LogFileArguments: ParsableArguments {
  @Argument(
    help: "The log: one file, with the parts that were set aside beside it; or several, in the order they were written."
  )
  var files: [String] = []

  /// Throws where the files are no log to judge.
  func verify(_ heads: [ChainHead]) throws -> LogVerification.Result {
    let log = try files.first ?? Self.standardLog()
    do throws(DecisionLogError) {
      return try LogVerification.verify(files.count > 1 ? .files(files) : .log(log), heads: heads)
    } catch {
      throw CommandFailure(
        "the log \(Escaping.quoted(ByteString(error.path))) cannot be verified: \(error.reason)",
        help: "there is none before the first decision; where `--decision-log` named one, name that")
    }
  }

  private static func standardLog() throws -> String {
    let standard = StatePaths.standard(home: Environment["HOME"], stateHome: Environment["XDG_STATE_HOME"])
    guard let standard else {
      throw CommandFailure("nothing says where the log is", help: "name it, or set HOME or XDG_STATE_HOME")
    }
    return standard.decisionLog
  }

  static func head(_ text: String) throws -> ChainHead {
    guard let head = ChainHead(text) else { throw ValidationError(noHead(ByteString(text))) }
    return head
  }

  private static func noHead(_ text: ByteString) -> String {
    "\(Escaping.quoted(text)) is no head: it has the form CHAIN:N:SHA256"
  }

  /// The heads that a file holds, one a line.
  static func heads(inFile path: String) throws -> [ChainHead] {
    var reader: LineReader
    do {
      reader = try LineReader(ByteString(path), maxLineBytes: 200)
    } catch {
      throw CommandFailure("\(Escaping.quoted(ByteString(path))): \(error.message)", help: error.help)
    }
    var heads: [ChainHead] = []
    while let line = reader.next() { heads.append(try head(line, of: path)) }
    guard !heads.isEmpty else {
      throw CommandFailure("\(Escaping.quoted(ByteString(path))) holds no head", help: headsHelp)
    }
    return heads
  }

  private static func head(_ line: LineReader.Line, of path: String) throws(CommandFailure) -> ChainHead {
    let place = { (number: Int) in "\(Escaping.visible(path)):\(number): " }
    switch line {
    case .line(let number, let bytes):
      guard let head = ChainHead(String(decoding: bytes, as: UTF8.self)) else {
        throw CommandFailure(place(number) + noHead(ByteString(bytes)), help: headsHelp)
      }
      return head
    case .tooLong(let number): throw CommandFailure(place(number) + "the line is too long for a head", help: headsHelp)
    case .failed(let diagnostic): throw CommandFailure(diagnostic)
    }
  }

  private static let headsHelp = "name a file that holds what `copylint log head` printed"
}
