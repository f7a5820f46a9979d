/// Where the members of a scanned request stand: byte offsets into its text, quotes included.
struct ScannedPlaces {
  /// The object that holds the members of the API.
  var request = 0..<0
  var sourceModelArn = 0..<0
  var targetModelName = 0..<0
  var modelKmsKeyId = 0..<0
  var clientRequestToken = 0..<0
  var tags = 0..<0

  /// Empty for a member that is not there.
  subscript(member: RequestMember) -> Range<Int> {
    switch member {
    case .sourceModelArn: sourceModelArn
    case .targetModelName: targetModelName
    case .modelKmsKeyId: modelKmsKeyId
    case .clientRequestToken: clientRequestToken
    case .targetModelTags: tags
    }
  }
}

extension ScannedRequest {
  /// The place of a value by its address within the request; nil where there is none, or none that was kept.
  func place(of pointer: JSONPointer) -> Range<Int>? {
    let tokens = pointer.tokens
    guard case .key(let name)? = tokens.first else { return tokens.isEmpty ? places.request : nil }
    guard let member = RequestMember(name: name) else { return nil }
    if tokens.count == 1 { return places[member].isEmpty ? nil : places[member] }
    guard member == .targetModelTags, case .index(let index) = tokens[1], tags.indices.contains(index) else {
      return nil
    }
    let tag = tags[index]
    guard tokens.count > 2 else { return tag.place }
    guard tokens.count == 3, case .key(let part) = tokens[2] else { return nil }
    return part == Tag.memberNames[0] ? tag.keyPlace : part == Tag.memberNames[1] ? tag.valuePlace : nil
  }
}
