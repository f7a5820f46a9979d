import Glibc

/// The environment of this process.
enum Environment {
  /// A variable; nil when it is not set or empty.
  static subscript(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
