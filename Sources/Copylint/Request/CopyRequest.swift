/// A CreateModelCopyJob request body as it was proposed, member by member, by bytes.
///
/// Decoding never fails: what is of the wrong type is kept as such, and the reserved findings report it.
struct CopyRequest: Sendable {
  private let origin: Origin
  let sourceModelArn: Member<ByteString>
  let targetModelName: Member<ByteString>
  let modelKmsKeyId: Member<ByteString>
  let clientRequestToken: Member<ByteString>
  let targetModelTags: Member<[Tag]>

  /// `json` must be an object.
  init(_ json: JSONValue) {
    origin = .value(json)
    sourceModelArn = Member(RequestMember.sourceModelArn.name, in: json)
    targetModelName = Member(RequestMember.targetModelName.name, in: json)
    modelKmsKeyId = Member(RequestMember.modelKmsKeyId.name, in: json)
    clientRequestToken = Member(RequestMember.clientRequestToken.name, in: json)
    targetModelTags = Self.tags(of: json)
  }

  /// A request as the scanner read it. `document` holds its text.
  init(_ scanned: ScannedRequest, in document: Document) {
    origin = .scanned(document, isEnvelope: scanned.isEnvelope)
    sourceModelArn = Member(scanned.sourceModelArn)
    targetModelName = Member(scanned.targetModelName)
    modelKmsKeyId = Member(scanned.modelKmsKeyId)
    clientRequestToken = Member(scanned.clientRequestToken)
    let tags = scanned.tags.enumerated().map { Tag($0.element, at: $0.offset) }
    targetModelTags = scanned.hasTags ? .present(tags) : .absent
  }

  private enum Origin: Sendable {
    case value(JSONValue)
    case scanned(Document, isEnvelope: Bool)
  }

  /// The object it was decoded from.
  var json: JSONValue {
    switch origin {
    case .value(let json): json
    case .scanned(let document, isEnvelope: false): document.root
    case .scanned(let document, isEnvelope: true): document.root[ProposedCopy.requestKey] ?? document.root
    }
  }

  /// A string member; `targetModelTags`, which is none, is absent here.
  func string(_ member: RequestMember) -> Member<ByteString> {
    switch member {
    case .sourceModelArn: sourceModelArn
    case .targetModelName: targetModelName
    case .modelKmsKeyId: modelKmsKeyId
    case .clientRequestToken: clientRequestToken
    case .targetModelTags: .absent
    }
  }

  /// The tags in file order; none when the member is absent or no array.
  var tags: [Tag] { targetModelTags.value ?? [] }

  /// How many tags there are, or nil when that cannot be said. An absent member has none.
  var tagCount: Int? {
    switch targetModelTags {
    case .absent: 0
    case .present(let tags): tags.count
    case .wrongType: nil
    }
  }

  /// The first tag with exactly this key.
  func tag(withKey key: ByteString) -> Tag? { tags.first { $0.key.value == key } }

  /// Whether several tags have exactly this key.
  func repeatsTag(withKey key: ByteString) -> Bool { tags.count(where: { $0.key.value == key }) > 1 }

  private static func tags(of json: JSONValue) -> Member<[Tag]> {
    guard let value = json[RequestMember.targetModelTags.name] else { return .absent }
    guard value.kind == .array else { return .wrongType(value.kind) }
    return .present((0..<value.elementCount).compactMap { at in value.element(at: at).map { Tag($0, at: at) } })
  }
}
