/// Settings that cannot be used: what is wrong, where, and what to do about it. Never holds a value that may be secret.
public struct ConfigurationError: Error, Equatable, Sendable {
  /// What is wrong, in lower case and without a full stop.
  public let message: String
  /// The file, or nil where a variable or an option is at fault.
  public let path: String?
  /// The line, from 1.
  public let line: Int?
  /// What to do next.
  public let help: String?

  init(_ message: String, path: String? = nil, line: Int? = nil, help: String? = nil) {
    self.message = message
    self.path = path
    self.line = line
    self.help = help
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// `path:line: message`, without the help. The path is not escaped for a terminal.
  public var description: String {
    guard let path else { return message }
    return line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
  }
}
