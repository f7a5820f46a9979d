import Copylint
import Glibc

/// A variable of a process's environment, by bytes: neither name nor value need be text.
package struct EnvironmentVariable: Sendable, Hashable {
  /// What stands before the first `=`.
  package var name: ByteString
  /// What stands behind it.
  package var value: ByteString

  /// A variable of these parts.
  package init(_ name: ByteString, _ value: ByteString) { (self.name, self.value) = (name, value) }

  /// The variable that an entry of an environment is; nil for one that no program can ask for.
  init?(entry: [UInt8]) {
    guard let equals = entry.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return nil }
    self.init(ByteString(entry[..<equals]), ByteString(entry[(equals + 1)...]))
  }

  /// `NAME=value`, as `execve` takes it.
  var entry: [UInt8] { name.bytes + [UInt8(ascii: "=")] + value.bytes }

  /// The variables of this process, read now.
  package static var current: [EnvironmentVariable] {
    var variables: [EnvironmentVariable] = []
    var next = environ
    while let text = next.pointee {
      let entry = UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
      if let variable = EnvironmentVariable(entry: entry) { variables.append(variable) }
      next += 1
    }
    return variables
  }
}

/// Values may be secrets: only the name is shown.
extension EnvironmentVariable: CustomStringConvertible, CustomReflectable {
  /// The name.
  package var description: String { Escaping.quoted(name) }

  /// The name alone.
  package var customMirror: Mirror { Mirror(self, children: ["name": description]) }
}
