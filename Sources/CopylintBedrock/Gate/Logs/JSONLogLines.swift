import BedrockClient
import Copylint
import Logging

/// A logger's lines of JSON: what every one begins with (`time`, `level`, `logger`, `message`), and where they go.
public struct JSONLogLines: Sendable {
  private let label: String
  private let time: any TimeSource
  private let write: @Sendable ([UInt8]) -> Void

  /// Lines of the logger of this name. `write` takes whole lines, each in one call.
  public init(
    label: String, time: any TimeSource = SystemTimeSource(),
    write: @escaping @Sendable ([UInt8]) -> Void = { StandardErrorLine.write($0) }
  ) {
    self.label = label
    self.time = time
    self.write = write
  }

  /// Writes a line, with what `rest` adds to it.
  func add(_ level: Logger.Level, _ message: String, _ rest: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      writer.member("time", Timestamp.text(time.date))
      writer.member("level", level.rawValue)
      writer.member("logger", label)
      writer.member("message", message)
      rest(&writer)
    }
    writer.end()
    write(writer.bytes)
  }
}
