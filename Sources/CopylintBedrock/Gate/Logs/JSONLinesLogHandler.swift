import Copylint
import Logging

/// Log messages as JSON lines on standard error: `time`, `level`, `logger`, `message`, and `metadata` where there is any.
///
/// Whatever a message holds, a line is one line: every control character is escaped.
public struct JSONLinesLogHandler: LogHandler {
  /// Metadata that every message of this logger has.
  public var metadata: Logger.Metadata = [:]
  /// Metadata of the surroundings.
  public var metadataProvider: Logger.MetadataProvider?
  /// Messages below are not written.
  public var logLevel: Logger.Level = .info

  private let lines: JSONLogLines

  /// A handler for the logger that these lines are of.
  public init(_ lines: JSONLogLines) { self.lines = lines }

  /// See `LogHandler`.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// See `LogHandler`.
  public func log(event: LogEvent) {
    let metadata = Self.merged(Self.merged(self.metadata, metadataProvider?.get()), event.metadata)
    lines.add(event.level, event.message.description) { writer in
      writer.member("error", ifPresent: event.error.map { String(describing: $0) })
      guard !metadata.isEmpty else { return }
      writer.key("metadata")
      Self.write(.dictionary(metadata), to: &writer)
    }
  }

  /// Most often there is one of them.
  private static func merged(_ first: Logger.Metadata, _ second: Logger.Metadata?) -> Logger.Metadata {
    guard let second else { return first }
    return first.isEmpty ? second : first.merging(second) { $1 }
  }

  private static func write(_ value: Logger.MetadataValue, to writer: inout JSONWriter) {
    switch value {
    case .string(let text): writer.string(text)
    case .stringConvertible(let value): writer.string(value.description)
    case .array(let values): writer.array(values) { write($1, to: &$0) }
    case .dictionary(let members):
      writer.object { writer in
        for (key, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          writer.key(key)
          write(value, to: &writer)
        }
      }
    }
  }
}
