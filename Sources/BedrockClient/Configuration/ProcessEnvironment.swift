import Glibc

/// Environment variables as a value, so that tests set them without touching the process.
///
/// An empty variable counts as absent, as the AWS SDKs treat it.
public struct ProcessEnvironment: Sendable {
  private let variables: [String: String]

  /// These variables and no other.
  public init(_ variables: [String: String]) { self.variables = variables }

  /// The variables of this process, read now. One that is not UTF-8 is left out.
  public static var current: ProcessEnvironment {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      if let (name, value) = split(UnsafePointer(text)) { variables[name] = value }
      entry += 1
    }
    return ProcessEnvironment(variables)
  }

  /// The value of a variable, or nil where it is absent or empty.
  public subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// The same variables without those of these names.
  package func without(_ names: Set<String>) -> ProcessEnvironment {
    ProcessEnvironment(variables.filter { !names.contains($0.key) })
  }

  /// The value of a variable, or nil where it is absent, empty, or nothing but spaces and tabs.
  func nonBlank(_ name: String) -> String? {
    guard let value = self[name], !value.utf8.allSatisfy(ConfigurationText.isBlank) else { return nil }
    return value
  }

  private static func split(_ entry: UnsafePointer<CChar>) -> (name: String, value: String)? {
    guard let text = String(validatingCString: entry), let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    return (String(text[..<equals]), String(text[text.utf8.index(after: equals)...]))
  }
}

/// Names and values may be secrets: only a count is shown.
extension ProcessEnvironment: CustomStringConvertible, CustomReflectable {
  /// How many variables there are.
  public var description: String { "ProcessEnvironment(\(variables.count) variables)" }

  /// Nothing within.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
