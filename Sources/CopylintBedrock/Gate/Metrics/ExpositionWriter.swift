import Copylint

/// Text in the Prometheus exposition format 0.0.4.
struct ExpositionWriter {
  /// What the text is served as.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// Begins a metric. `help` is one line.
  mutating func begin(_ name: String, help: String, type: String) {
    bytes += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type)\n".utf8
  }

  /// One sample; `value` is a number, as `number` writes it.
  mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    bytes += "\(name)\(pairs.isEmpty ? "" : "{\(pairs)}") \(value)\n".utf8
  }

  /// The shortest form: `1`, `0.005`, `+Inf`.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int(exactly: value).map { String($0) } ?? String(value)
  }

  /// The format has escapes for a backslash, a line feed and, in label values, a quote; what a terminal could take for a
  /// command is spelled out before.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var output = ""
    for scalar in Escaping.visible(text).unicodeScalars {
      switch scalar {
      case "\\": output += "\\\\"
      case "\"" where quotes: output += "\\\""
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
