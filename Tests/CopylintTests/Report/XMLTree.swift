import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An XML text as its elements, by Foundation's parser.
final class XMLTree: NSObject, XMLParserDelegate {
  final class Element {
    let name: String
    let attributes: [String: String]
    let parent: Element?
    var text = ""

    init(_ name: String, _ attributes: [String: String], _ parent: Element?) {
      (self.name, self.attributes, self.parent) = (name, attributes, parent)
    }
  }

  private(set) var all: [Element] = []
  private var current: Element?
  /// What only a text that broke out would have.
  private var foreign: [String] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))\n\(text)")
    #expect(foreign.isEmpty)
  }

  func elements(_ names: String...) -> [Element] { all.filter { names.contains($0.name) } }

  /// Every element is one of these, with no other attributes.
  func expect(_ known: [String: Set<String>]) throws {
    for element in all {
      let attributes = try #require(known[element.name], "\(element.name)")
      #expect(attributes.isSuperset(of: element.attributes.keys), "\(element.name)")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes, current)
    all.append(element)
    current = element
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    current = current?.parent
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { current?.text += text }

  func parser(_ parser: XMLParser, foundComment comment: String) { foreign.append(comment) }

  func parser(_ parser: XMLParser, foundProcessingInstructionWithTarget target: String, data: String?) {
    foreign.append(target)
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) { foreign.append("CDATA") }
}
