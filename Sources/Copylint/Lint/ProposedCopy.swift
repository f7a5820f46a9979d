/// One entry of an input: a request, alone or in an envelope that says where the copy goes.
struct ProposedCopy: Sendable {
  let document: Document
  let request: CopyRequest
  /// Where the request stands within the document: at its root, or in the envelope.
  let requestPointer: JSONPointer
  /// The envelope; nil for a bare request.
  let envelope: JSONValue?

  private static let targetKey: ByteString = "target"
  private static let requestKey: ByteString = "request"
  static let envelopeMembers: [ByteString] = [requestKey, targetKey]
  static let targetMembers: [ByteString] = ["account", "region"]
  static let targetPointer = JSONPointer([.key(targetKey)])

  /// Throws when the document is no request at all. An object that has `request` or `target`, and no member of the
  /// API, is an envelope.
  init(_ document: Document) throws(Diagnostic) {
    self.document = document
    let root = document.root
    guard root.kind == .object else {
      throw Self.refusal(document, JSONPointer(), "a request is an object, found \(Node(document).kindDescription)")
    }
    let isEnvelope =
      (root[Self.requestKey] != nil || root[Self.targetKey] != nil)
      && RequestMember.names.allSatisfy { root[$0] == nil }
    guard isEnvelope else {
      (request, requestPointer, envelope) = (CopyRequest(root), JSONPointer(), nil)
      return
    }
    guard let inner = root[Self.requestKey] else {
      throw Self.refusal(document, JSONPointer(), "the envelope has no `request`")
    }
    let pointer = JSONPointer([.key(Self.requestKey)])
    guard inner.kind == .object else {
      throw Self.refusal(document, pointer, "`request` in the envelope is not an object")
    }
    (request, requestPointer, envelope) = (CopyRequest(inner), pointer, root)
  }

  private static func refusal(_ document: Document, _ pointer: JSONPointer, _ message: String) -> Diagnostic {
    Diagnostic(
      message, help: "write `{\"sourceModelArn\": …, \"targetModelName\": …}`, or `{\"target\": …, \"request\": {…}}`",
      at: document.place(of: pointer))
  }

  /// What the envelope declares.
  var target: TargetDeclaration? {
    guard let target = envelope?[Self.targetKey] else { return nil }
    return TargetDeclaration(
      source: .envelope, region: target["region"]?.string, account: target["account"]?.string)
  }
}
