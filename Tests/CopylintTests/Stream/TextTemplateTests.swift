import Testing

@testable import Copylint

@Suite struct TextTemplateTests {
  static let values = [
    "", "a", "a b", "#", "##", "\"", "\\", "`", "é", "\n", "\u{202E}", "\u{7F}", String(repeating: "x", count: 120),
    String(repeating: "x", count: 121), String(repeating: "é", count: 120), String(repeating: "#", count: 130),
  ]

  /// As a message that holds the values, written as a JSON string.
  private func written(_ message: String) -> String {
    var writer = JSONWriter()
    writer.string(message)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func filled(_ template: TextTemplate, _ first: String, _ second: String) -> String {
    var output = ByteBuffer()
    output.append("\"")
    Array(first.utf8).withUnsafeBufferPointer { first in
      Array(second.utf8).withUnsafeBufferPointer { second in
        template.append(.bytes(first), .bytes(second), to: &output)
      }
    }
    output.append("\"")
    return String(decoding: output.span, as: UTF8.self)
  }

  @Test(arguments: values)
  func itSaysWhatTheMessageSays(_ value: String) {
    let (first, second) = (Escaping.quoted(ByteString(value)), Escaping.quoted("#b"))
    let message: (String, String) -> String = { "##\"\\ is \($0), not \($1)#" }
    let template = TextTemplate(message(TextTemplate.first, TextTemplate.second))
    #expect(filled(template, value, "#b") == written(message(first, second)))
    let reversed = TextTemplate(message(TextTemplate.second, TextTemplate.first))
    #expect(filled(reversed, "#b", value) == written(message(first, second)))
  }

  @Test func itNeedNotHoldBoth() {
    #expect(filled(TextTemplate("none"), "a", "b") == written("none"))
    #expect(filled(TextTemplate(TextTemplate.second), "a", "b") == written("`b`"))
    #expect(filled(TextTemplate("x " + TextTemplate.first), "a", "b") == written("x `a`"))
    #expect(filled(TextTemplate(""), "a", "b") == written(""))
  }

  @Test func numbersAreDigits() {
    var output = ByteBuffer()
    TextTemplate(TextTemplate.first + " tags").append(.number(12), .absent, to: &output)
    #expect(String(decoding: output.span, as: UTF8.self) == "12 tags")
  }
}
