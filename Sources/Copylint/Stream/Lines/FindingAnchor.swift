/// What of a request a finding is about.
enum FindingAnchor {
  case request
  case member(RequestMember)
  /// The key of the tag at an index.
  case tagKey(Int)
  case tagValue(Int)
}

extension ScannedRequest {
  /// Where it stands: there must be such a value.
  func place(of anchor: FindingAnchor) -> Range<Int> {
    switch anchor {
    case .request: places.request
    case .member(let member): places[member]
    case .tagKey(let index): tagStorage[index].keyPlace
    case .tagValue(let index): tagStorage[index].valuePlace
    }
  }

  /// Appends the member `pointer` of a finding.
  func appendPointer(to anchor: FindingAnchor, _ output: inout ByteBuffer) {
    beginPointer(&output)
    switch anchor {
    case .request: break
    case .member(let member):
      output.append(UInt8(ascii: "/"))
      output.append(member.word)
    case .tagKey(let index): Self.append(tag: index, "/key", to: &output)
    case .tagValue(let index): Self.append(tag: index, "/value", to: &output)
    }
    output.append(UInt8(ascii: "\""))
  }

  /// The same for an address within the request. Names of members only, none of which needs an escape.
  func appendPointer(_ pointer: JSONPointer, to output: inout ByteBuffer) {
    beginPointer(&output)
    for token in pointer.tokens {
      output.append(UInt8(ascii: "/"))
      switch token {
      case .index(let index): output.append(decimal: index)
      case .key(let key): output.append(key.bytes)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private func beginPointer(_ output: inout ByteBuffer) {
    output.append(",\"pointer\":\"")
    if isEnvelope { output.append("/request") }
  }

  private static func append(tag index: Int, _ member: StaticString, to output: inout ByteBuffer) {
    output.append("/targetModelTags/")
    output.append(decimal: index)
    output.append(member)
  }
}

extension RequestMember {
  /// The name as it stands in a request, to be appended.
  fileprivate var word: StaticString {
    switch self {
    case .sourceModelArn: "sourceModelArn"
    case .targetModelName: "targetModelName"
    case .modelKmsKeyId: "modelKmsKeyId"
    case .targetModelTags: "targetModelTags"
    case .clientRequestToken: "clientRequestToken"
    }
  }

  /// The same, to be compared or hashed.
  var nameSpan: Span { Span(start: word.utf8Start, count: word.utf8CodeUnitCount) }
}
