/// One entry of an input: a request, alone or in an envelope that says where the copy goes.
struct ProposedCopy: Sendable {
  let document: Document
  let request: CopyRequest
  /// Where the request stands within the document: at its root, or in the envelope.
  let requestPointer: JSONPointer
  private let isEnvelope: Bool
  /// What the envelope declares.
  let target: TargetDeclaration?

  private static let targetKey: ByteString = "target"
  static let requestKey: ByteString = "request"
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
    isEnvelope =
      (root[Self.requestKey] != nil || root[Self.targetKey] != nil)
      && RequestMember.names.allSatisfy { root[$0] == nil }
    guard isEnvelope else {
      if let kind = PolicyFileKind.of(root) {
        let place = document.place(of: JSONPointer())
        throw Diagnostic("this looks like \(kind.noun), not like a request", help: kind.help, at: place)
      }
      (request, requestPointer, target) = (CopyRequest(root), JSONPointer(), nil)
      return
    }
    guard let inner = root[Self.requestKey] else {
      throw Self.refusal(document, JSONPointer(), "the envelope has no `request`")
    }
    let pointer = JSONPointer([.key(Self.requestKey)])
    guard inner.kind == .object else {
      throw Self.refusal(document, pointer, "`request` in the envelope is not an object")
    }
    (request, requestPointer) = (CopyRequest(inner), pointer)
    target = root[Self.targetKey].map { Self.declaration(region: $0["region"]?.string, account: $0["account"]?.string) }
  }

  private static func refusal(_ document: Document, _ pointer: JSONPointer, _ message: String) -> Diagnostic {
    Diagnostic(
      message, help: "write `{\"sourceModelArn\": …, \"targetModelName\": …}`, or `{\"target\": …, \"request\": {…}}`",
      at: document.place(of: pointer))
  }

  /// A request that `RequestScanner` took from this text.
  init(_ scanned: ScannedRequest, _ text: JSONText) {
    document = Document(known: text)
    request = CopyRequest(scanned, in: document)
    isEnvelope = scanned.isEnvelope
    requestPointer = JSONPointer(isEnvelope ? [.key(Self.requestKey)] : [])
    let parts = (Member(scanned.region).value, Member(scanned.account).value)
    target = isEnvelope ? Self.declaration(region: parts.0, account: parts.1) : nil
  }

  /// The envelope; nil for a bare request.
  var envelope: JSONValue? { isEnvelope ? document.root : nil }

  private static func declaration(region: ByteString?, account: ByteString?) -> TargetDeclaration {
    TargetDeclaration(source: .envelope, region: region, account: account)
  }
}
