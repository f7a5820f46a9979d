/// Reads requests straight from their bytes: validates, finds the members and resolves escapes in one pass, without a
/// tree and without allocating.
///
/// It takes only what is ordinary, and says no to everything else: what is no JSON, and what `ReservedRules` would
/// find fault with. Saying no costs time and decides nothing: the request goes to `Document` then.
// INVARIANT: what the scanner takes, `Document` and `ProposedCopy` take too, member by member the same.
struct RequestScanner: ~Copyable {
  /// What the last successful `scan` read.
  private(set) var request: ScannedRequest
  private var cursor: JSONCursor

  /// No request has more tags than the scanner takes: the API's own limit is 200.
  static let maxTags = 256

  init() {
    request = ScannedRequest(tagStorage: .allocate(capacity: Self.maxTags))
    cursor = JSONCursor()
  }

  deinit {
    request.tagStorage.deallocate()
    cursor.deallocate()
  }

  /// Whether the text is an ordinary request; `request` holds it then.
  mutating func scan(_ text: Span) -> Bool {
    request = ScannedRequest(tagStorage: request.tagStorage)
    guard cursor.begin(text) else { return false }
    guard scanRoot(), cursor.isAtEnd else { return false }
    request.isASCII = cursor.isASCII
    return true
  }

  /// A request, or an envelope: the first member says which, and no object may be both.
  private mutating func scanRoot() -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    let start = cursor.offset - 1
    var hasTarget = false
    var hasMembers = false
    var isFirst = true
    while true {
      var key = Span.absent
      switch cursor.nextMember(&isFirst, &key) {
      case .end:
        if !request.isEnvelope { request.places.request = start..<cursor.offset }
        return request.isEnvelope || !hasTarget
      case .malformed: return false
      case .member: break
      }
      if key.isWord("target") {
        guard !hasTarget, !hasMembers, scanTarget() else { return false }
        hasTarget = true
      } else if key.isWord("request") {
        guard !request.isEnvelope, !hasMembers, scanBody() else { return false }
        request.isEnvelope = true
      } else {
        guard !hasTarget, !request.isEnvelope, scanMember(key) else { return false }
        hasMembers = true
      }
    }
  }

  private mutating func scanBody() -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    let start = cursor.offset - 1
    var isFirst = true
    while true {
      var key = Span.absent
      switch cursor.nextMember(&isFirst, &key) {
      case .end:
        request.places.request = start..<cursor.offset
        return true
      case .malformed: return false
      case .member: guard scanMember(key) else { return false }
      }
    }
  }

  /// A member that stands twice is none of these cases.
  private mutating func scanMember(_ key: Span) -> Bool {
    switch key.count {
    case 14 where key.isWord("sourceModelArn"):
      cursor.takeOnce(&request.sourceModelArn, &request.places.sourceModelArn)
    case 15 where key.isWord("targetModelName"):
      cursor.takeOnce(&request.targetModelName, &request.places.targetModelName)
    case 15 where key.isWord("targetModelTags"): !request.hasTags && scanTags()
    case 13 where key.isWord("modelKmsKeyId"):
      cursor.takeOnce(&request.modelKmsKeyId, &request.places.modelKmsKeyId)
    case 18 where key.isWord("clientRequestToken"):
      cursor.takeOnce(&request.clientRequestToken, &request.places.clientRequestToken)
    default: false
    }
  }

  private mutating func scanTarget() -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    var isFirst = true
    while true {
      var key = Span.absent
      switch cursor.nextMember(&isFirst, &key) {
      case .end: return true
      case .malformed: return false
      case .member: break
      }
      if key.isWord("region") {
        guard cursor.takeOnce(&request.region) else { return false }
      } else {
        guard key.isWord("account"), cursor.takeOnce(&request.account) else { return false }
      }
    }
  }

  private mutating func scanTags() -> Bool {
    request.hasTags = true
    guard cursor.take(UInt8(ascii: "[")) else { return false }
    let start = cursor.offset - 1
    if !cursor.take(UInt8(ascii: "]")) {
      repeat {
        guard request.tagCount < Self.maxTags, scanTag() else { return false }
      } while cursor.take(UInt8(ascii: ","))
      guard cursor.take(UInt8(ascii: "]")) else { return false }
    }
    request.places.tags = start..<cursor.offset
    return true
  }

  private mutating func scanTag() -> Bool {
    let before = cursor
    if scanUsualTag() { return true }
    cursor = before
    return scanAnyTag()
  }

  /// A tag as nearly all are written: its key, then its value.
  private mutating func scanUsualTag() -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    let start = cursor.offset - 1
    var tag = ScannedTag(key: .absent, value: .absent)
    guard cursor.takeName("key"), cursor.takeOnce(&tag.key, &tag.keyPlace), cursor.take(UInt8(ascii: ",")),
      cursor.takeName("value"), cursor.takeOnce(&tag.value, &tag.valuePlace), cursor.take(UInt8(ascii: "}"))
    else { return false }
    add(tag, from: start)
    return true
  }

  private mutating func add(_ tag: ScannedTag, from start: Int) {
    request.tagStorage[request.tagCount] = tag
    request.tagStorage[request.tagCount].place = start..<cursor.offset
    request.tagCount += 1
  }

  private mutating func scanAnyTag() -> Bool {
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    let start = cursor.offset - 1
    var tag = ScannedTag(key: .absent, value: .absent)
    var isFirst = true
    while true {
      var key = Span.absent
      switch cursor.nextMember(&isFirst, &key) {
      case .end:
        guard tag.key.isPresent, tag.value.isPresent else { return false }
        add(tag, from: start)
        return true
      case .malformed: return false
      case .member: break
      }
      if key.isWord("key") {
        guard cursor.takeOnce(&tag.key, &tag.keyPlace) else { return false }
      } else {
        guard key.isWord("value"), cursor.takeOnce(&tag.value, &tag.valuePlace) else { return false }
      }
    }
  }
}
