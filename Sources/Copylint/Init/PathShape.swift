/// What the directories of a request file look like: names, and places that tell a Region or an account.
struct PathShape: Equatable {
  enum Segment: Equatable {
    case name(ByteString)
    /// Different names in otherwise equal paths.
    case any
    case region
    case account
  }

  private(set) var segments: [Segment]

  /// Regions and accounts are told apart only where each stands once: of two Regions, one may be the source.
  init(_ path: ByteString) {
    let names = path.bytes.split(separator: UInt8(ascii: "/")).dropLast().map { ByteString($0) }
    let regions = names.filter(RegionName.isLikely).count
    let accounts = names.filter(TargetForm.isAccount).count
    segments = names.map { name in
      if regions == 1, RegionName.isLikely(name) { return .region }
      return accounts == 1 && TargetForm.isAccount(name) ? .account : .name(name)
    }
  }

  init(_ segments: [Segment]) { self.segments = segments }

  private var captures: [Int] { segments.indices.filter { segments[$0] == .region || segments[$0] == .account } }

  /// Up to the last Region or account; nil where there is none.
  var target: PathShape? { captures.last.map { PathShape(Array(segments[...$0])) } }

  /// Up to the first Region or account; any name where that comes first.
  var folder: PathShape {
    let end = captures.first ?? segments.endIndex
    return PathShape(end == 0 && !segments.isEmpty ? [.any] : Array(segments[..<end]))
  }

  /// Without what matches any name at its end: a glob of everything beneath needs none of it, unless nothing remains.
  var withoutAnyAtEnd: PathShape {
    let rest = segments.reversed().drop { $0 == .any }.reversed()
    return rest.isEmpty ? self : PathShape(Array(rest))
  }

  /// One shape for both, where they are equal but for the name at one place; nil elsewhere.
  func merged(with other: PathShape) -> PathShape? {
    guard segments.count == other.segments.count else { return nil }
    let different = segments.indices.filter { segments[$0] != other.segments[$0] }
    guard let place = different.first else { return self }
    guard different.count == 1, segments[place].isName, other.segments[place].isName else { return nil }
    var merged = self
    merged.segments[place] = .any
    // Folders that have nothing in common stay apart: any name at all is no choice.
    return merged.segments.contains { $0.isName && $0 != .any } ? merged : nil
  }

  /// As few shapes as merging makes of these, in the order in which they came.
  static func merge(_ shapes: [PathShape]) -> [PathShape] {
    var merged: [PathShape] = []
    for shape in shapes {
      if let index = merged.firstIndex(where: { $0.merged(with: shape) != nil }),
        let both = merged[index].merged(with: shape)
      {
        merged[index] = both
      } else {
        merged.append(shape)
      }
    }
    return merged
  }

  /// As a path of `targets` and, without captures, a glob has it.
  var pattern: ByteString {
    let parts = segments.map { segment -> [UInt8] in
      switch segment {
      case .name(let name): name.bytes.flatMap { [0x2A, 0x3F, 0x5C].contains($0) ? [0x5C, $0] : [$0] }
      case .any: [0x2A]
      case .region: Array("{region}".utf8)
      case .account: Array("{account}".utf8)
      }
    }
    return ByteString(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}

extension PathShape.Segment {
  fileprivate var isName: Bool {
    switch self {
    case .name, .any: true
    case .region, .account: false
    }
  }
}

/// What names of Regions look like.
enum RegionName {
  private static let areas: [ByteString] = [
    "af", "ap", "ca", "cn", "eu", "il", "me", "mx", "sa", "us",
  ]
  private static let directions: [ByteString] = [
    "central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west",
  ]

  /// Whether a directory's name is one in all likelihood, such as `eu-west-1` or `us-gov-east-1`.
  static func isLikely(_ name: ByteString) -> Bool {
    let parts = name.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { ByteString($0) }
    guard TargetForm.isRegionName(name), parts.count >= 3, let area = parts.first, let number = parts.last else {
      return false
    }
    return areas.contains(area) && directions.contains(parts[parts.count - 2])
      && number.count == 1 && number.bytes.allSatisfy { (0x30...0x39).contains($0) }
  }
}
