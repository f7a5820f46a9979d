/// An entry of a waiver file as it was written, before anything is asked of it.
struct WaiverEntry: Sendable {
  /// What the finding's value must be.
  enum Value: Hashable, Sendable {
    /// This one; nil where something is missing, or no single value is wrong.
    case only(ByteString?)
    case any
  }

  var rule: ByteString?
  var path: Glob?
  var targetName: ByteString?
  var sourceModel: Glob?
  var subject: ByteString?
  var value: Value?
  var anyValue: Bool?
  var reason: ByteString?
  var owner: ByteString?
  var ticket: ByteString?
  var expires: ByteString?
  var node: Node

  static let shape = Shape<Self>()
    .text("rule", { $0.rule = $1 }, required: true, "the rule whose findings it covers, `pack/id`")
    .member(
      name: "path", summary: "a glob of request files, from the repository's root; does not count at the gate",
      schema: .string, decode: { $1.path = $2.glob($0, mode: .path) }
    )
    .text("targetName", { $0.targetName = $1 }, "the request's `targetModelName`")
    .member(
      name: "sourceModel", summary: "a glob of the request's `sourceModelArn`", schema: .string,
      decode: { $1.sourceModel = $2.glob($0, mode: .arn) }
    )
    .text("subject", { $0.subject = $1 }, "the member or tag key that the finding is about; default any")
    .member(
      name: "value", summary: "the value it was given for; null where something is missing", schema: .nullableText,
      decode: decodeValue
    )
    .boolean("anyValue", { $0.anyValue = $1 }, "true covers whatever the value becomes")
    .said("reason", { $0.reason = $1 }, "why the finding may stand")
    .said("owner", { $0.owner = $1 }, "who answers for it")
    .said("ticket", { $0.ticket = $1 }, "where it is discussed")
    .member(
      name: "expires", summary: "the last day it holds (UTC), `YYYY-MM-DD`", isRequired: true,
      schema: .formatted("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), decode: { $1.expires = $2.text($0) })

  /// A tag's value may be empty.
  private static let decodeValue: @Sendable (Node, inout Self, Decoding) -> Void = { node, entry, decoding in
    switch node.kind {
    case .string: entry.value = .only(node.value.string)
    case .null: entry.value = .only(nil)
    default: decoding.expected("a string or null", node)
    }
  }
}

extension Shape {
  /// A text that must say something.
  fileprivate consuming func said(
    _ name: StaticString, _ set: @escaping Setter<ByteString?>, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, isRequired: true, schema: .string) { node, value, decoding in
      set(&value, decoding.text(node))
      guard let text = node.value.string, !text.isEmpty, text.isBlank else { return }
      decoding.report("`\(name)` is blank", help: summary, at: node)
    }
  }
}

extension ByteString {
  /// Whether there is nothing but ASCII white space.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}
