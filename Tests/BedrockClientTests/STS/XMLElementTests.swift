import Testing

@testable import BedrockClient

@Suite struct XMLElementTests {
  private func parse(_ text: String) -> XMLElement? { XMLElement.parse(Array(text.utf8)) }

  @Test func elementsTextAndReferences() throws {
    let root = try #require(
      parse("<?xml version='1.0'?>\n<a x=\"1\" y='>'><b> 1&lt;2 &#65;&#x42; </b><c/><d></d ></a>\n"))
    #expect(root.name == "a")
    #expect(root.text("b") == "1<2 AB")
    #expect(root["c"] != nil)
    #expect(root.text("c") == nil)
    #expect(root.text("d") == nil)
    #expect(root.text("b", "c") == nil)
  }

  @Test(arguments: [
    "", " ", "a", "<a>", "<a", "</a>", "<a></b>", "<a/><b/>", "<a/>b", "b<a/>", "<a>&b;</a>", "<a>&</a>", "<a>&#0;</a>",
    "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>&#+65;</a>", "<a b></a>", "<a b=c/>", "<a b=\"<\"/>", "<1/>", "< a/>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a><![CDATA[b]]></a>", "<a><!-- b --></a>", "<a><?b?></a>",
    "<?xml version='1.0'", "<a>\u{0}</a",
  ])
  func whatIsNotWellFormedOrNotNeededIsRefused(_ text: String) {
    #expect(parse(text) == nil)
  }

  @Test func depthAndNumberAreBounded() {
    #expect(parse(String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17)) == nil)
    #expect(parse("<a>" + String(repeating: "<b/>", count: 1000) + "</a>") == nil)
    #expect(parse(String(repeating: "<a>", count: 50_000)) == nil)
  }

  @Test func whatIsNotUTF8IsRefused() {
    #expect(
      XMLElement.parse([UInt8(ascii: "<"), UInt8(ascii: "a"), UInt8(ascii: ">"), 0xFF] + Array("</a>".utf8)) == nil)
  }
}
