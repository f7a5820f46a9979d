/// Text as SARIF's messages take it.
enum SARIFText {
  /// The text as it is, and no more than a platform keeps of it. A `{0}` would be a placeholder (SARIF 3.11.5) and
  /// `[text](address)` a link (3.11.6), so both are escaped where they occur.
  static func text(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    if scalars.count > maxCodePoints { scalars = scalars.prefix(maxCodePoints - 1) + ["…"] }
    var output = ""
    let hasLink = scalars.indices.contains { scalars[$0] == "]" && scalars[min($0 + 1, scalars.count - 1)] == "(" }
    for (index, scalar) in scalars.enumerated() {
      if scalar == "{" || scalar == "}", isPlaceholder(scalars, around: index) { output.unicodeScalars.append(scalar) }
      if hasLink, scalar == "[" || scalar == "]" || scalar == "\\" { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    return output
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  private static let maxCodePoints = SARIFLimits.codeScanning.description

  /// Whether the brace begins or ends `{`, digits, `}`.
  private static func isPlaceholder(_ scalars: [Unicode.Scalar], around index: Int) -> Bool {
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    let digits =
      scalars[index] == "{"
      ? scalars[(index + 1)...].prefix(while: isDigit) : scalars[..<index].suffix(while: isDigit)
    guard !digits.isEmpty else { return false }
    let other = scalars[index] == "{" ? digits.endIndex : digits.startIndex - 1
    return scalars.indices.contains(other) && scalars[other] == (scalars[index] == "{" ? "}" : "{")
  }
}

extension ArraySlice {
  /// The elements at the end that all satisfy the condition.
  fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice {
    var start = endIndex
    while start > startIndex, condition(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
