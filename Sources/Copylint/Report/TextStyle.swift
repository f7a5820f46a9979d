/// The colours of the text formats; without colour every method gives its text back.
struct TextStyle {
  var color: Bool

  func path(_ text: String) -> String { paint(text, "1") }
  func helpLabel(_ text: String) -> String { paint(text, "36") }

  /// Text in the colour of a severity: red, yellow, blue.
  func severity(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .error: paint(text, "1;31")
    case .warning: paint(text, "1;33")
    case .info: paint(text, "1;34")
    }
  }

  /// Text that leads to an address, as an OSC 8 sequence; the text alone without one. The address must be free of
  /// control characters.
  func link(_ text: String, to address: String?) -> String {
    guard let address else { return text }
    return "\u{1B}]8;;\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  private func paint(_ text: String, _ code: String) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
