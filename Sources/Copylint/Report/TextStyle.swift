/// Colours of text, or none.
struct TextStyle {
  let isColored: Bool

  /// The codes are those of ECMA-48, Select Graphic Rendition.
  private func paint(_ text: String, _ code: String) -> String { isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

  func path(_ text: String) -> String { paint(text, "1") }
  func label(_ text: String) -> String { paint(text, "36") }
  func faint(_ text: String) -> String { paint(text, "2") }
  func mark(_ text: String, _ severity: Severity) -> String { paint(text, Self.code(severity)) }
  func severity(_ severity: Severity) -> String { paint(severity.rawValue, Self.code(severity)) }

  private static func code(_ severity: Severity) -> String {
    switch severity {
    case .error: "1;31"
    case .warning: "1;33"
    case .info: "1;34"
    }
  }
}
