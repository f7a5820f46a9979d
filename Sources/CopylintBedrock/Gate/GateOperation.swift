import Copylint
import NIOHTTP1

/// What a request asks Bedrock for, as far as the gate tells requests apart.
enum GateOperation: Equatable {
  /// CreateModelCopyJob.
  case create
  /// A request that reads.
  case read
  /// Any other request, which may change something.
  case other

  private static let copyJobs: ByteString = "model-copy-jobs"
  /// ListTagsForResource, the one operation of Bedrock that reads by POST.
  private static let tagsOfResource: ByteString = "listTagsForResource"

  /// Throws for what could be a CreateModelCopyJob to somebody who reads paths less strictly.
  init(_ request: ServerRequest) throws(ServiceError) {
    let segments = request.target.segments
    let isReading = request.head.method == .GET
    if segments == [Self.copyJobs], request.head.method == .POST {
      guard request.target.query.isEmpty else { throw Self.unknown }
      self = .create
    } else if segments == [Self.tagsOfResource], request.head.method == .POST {
      self = .read
    } else if isReading {
      guard request.body.isEmpty else { throw ServiceError.validation("a GET request has no body") }
      self = .read
    } else {
      guard !Self.mayBeCopyJobs(segments) else { throw Self.unknown }
      self = .other
    }
  }

  private static func mayBeCopyJobs(_ segments: [ByteString]) -> Bool {
    segments.contains { segment in
      let path = segment.asciiLowercased
      return path.bytes.starts(with: copyJobs.bytes)
        || path.bytes.split(separator: UInt8(ascii: "/")).contains { $0.starts(with: copyJobs.bytes) }
    }
  }

  private static let unknown = ServiceError(
    .notFound, "UnknownOperationException",
    "copylint: the gate lets CreateModelCopyJob through as `POST /model-copy-jobs` alone")
}
