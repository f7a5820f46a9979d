/// A file of test cases for a pack.
struct PackCases {
  var format: Int?
  var pack: ByteString?
  var cases: [Case] = []

  /// A request, and what the pack must say of it.
  struct Case {
    var name: ByteString?
    var request: Node?
    var region: ByteString?
    var account: ByteString?
    var path: ByteString?
    var today: CalendarDate?
    var verdict: RequestVerdict?
    /// By rule, the pointers of its findings within the request, in order.
    var findings: [(rule: ByteString, node: Node, pointers: [ByteString])] = []
    var unknown: [ByteString] = []
    var notApplicable: [ByteString] = []
    var node: Node
  }

  static let shape = Shape<Self>()
    .member(name: "$schema", summary: "for editors; means nothing", schema: .string, decode: { _, _, _ in })
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the format: 1")
    .text("pack", { $0.pack = $1 }, required: true, "the pack: a built-in name, or a path relative to this file")
    .member(
      name: "cases", summary: "the cases", isRequired: true, schema: .array(.object(Case.shape.schema)),
      decode: decodeCases)

  private static let decodeCases: @Sendable (Node, inout PackCases, Decoding) -> Void = { node, cases, decoding in
    cases.cases = (decoding.array(node, of: "cases") ?? []).map { element in
      var testCase = Case(node: element)
      Case.shape.decode(element, into: &testCase, decoding)
      return testCase
    }
  }
}

extension PackCases.Case {
  static let shape = Shape<Self>()
    .text("name", { $0.name = $1 }, required: true, "what the case shows")
    .member(
      name: "request", summary: "the request, or an envelope with it", isRequired: true, schema: .map(.anyOf([])),
      decode: { node, testCase, _ in testCase.request = node }
    )
    .text("region", { $0.region = $1 }, "the target Region")
    .text("account", { $0.account = $1 }, "the target account")
    .text("path", { $0.path = $1 }, "the path of the request file")
    .date("today", { $0.today = $1 }, "the date to judge by")
    .word("verdict", { $0.verdict = $1 }, required: true, "the request's verdict")
    .member(
      name: "findings", summary: "by rule, the pointers of its findings; every finding must be here",
      schema: .map(.array(.string)), decode: decodeFindings
    )
    .member(
      name: "unknown", summary: "the rules that cannot be decided; exactly these", schema: .strings,
      decode: { $1.unknown = $2.strings($0).compactMap(\.value.string) }
    )
    .member(
      name: "notApplicable", summary: "rules that do not apply", schema: .strings,
      decode: { $1.notApplicable = $2.strings($0).compactMap(\.value.string) })

  private static let decodeFindings: @Sendable (Node, inout PackCases.Case, Decoding) -> Void = {
    node, testCase, decoding in
    testCase.findings = (decoding.object(node) ?? []).map { child in
      let pointers = (decoding.array(child, of: "pointers") ?? []).compactMap { element -> ByteString? in
        if element.value.string == nil { decoding.expected("a pointer", element) }
        return element.value.string
      }
      return (child.key, child, pointers)
    }
  }
}
