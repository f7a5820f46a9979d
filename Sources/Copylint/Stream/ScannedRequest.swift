/// One element of `targetModelTags`, both members of which are strings.
struct ScannedTag {
  var key: Span
  var value: Span
  var place = 0..<0
  var keyPlace = 0..<0
  var valuePlace = 0..<0
}

/// A request as the scanner read it: every member is one that the API has, once, and of its type.
///
/// Borrowed from the scanner, until it reads the next one.
struct ScannedRequest {
  /// Whether it stands in an envelope.
  var isEnvelope = false
  var sourceModelArn = Span.absent
  var targetModelName = Span.absent
  var modelKmsKeyId = Span.absent
  var clientRequestToken = Span.absent
  var hasTags = false
  var tagCount = 0
  let tagStorage: UnsafeMutablePointer<ScannedTag>
  /// What the envelope declares.
  var region = Span.absent
  var account = Span.absent
  var places = ScannedPlaces()
  /// Whether every byte of the text is ASCII, so that columns are bytes.
  var isASCII = true

  /// The tags in file order.
  var tags: UnsafeBufferPointer<ScannedTag> { UnsafeBufferPointer(start: tagStorage, count: tagCount) }

  func string(_ member: RequestMember) -> Span {
    switch member {
    case .sourceModelArn: sourceModelArn
    case .targetModelName: targetModelName
    case .modelKmsKeyId: modelKmsKeyId
    case .clientRequestToken: clientRequestToken
    case .targetModelTags: .absent
    }
  }
}
