import Copylint
import NIOHTTP1

/// An error as Bedrock answers it: a status, the exception's name in `x-amzn-errortype`, a message.
struct ServiceError: Error, Equatable {
  let status: HTTPResponseStatus
  let name: String
  let message: String
  /// A member of TooManyTagsException only.
  var resourceName: ByteString?

  init(_ status: HTTPResponseStatus, _ name: String, _ message: String, resourceName: ByteString? = nil) {
    (self.status, self.name, self.message, self.resourceName) = (status, name, message, resourceName)
  }

  /// The protocol's form (AWS restJson1).
  var response: ServerResponse {
    .json(status, headers: ["x-amzn-errortype": name]) { writer in
      writer.member("message", message)
      if let resourceName { writer.member("resourceName", resourceName) }
    }
  }

  static func validation(_ message: String) -> ServiceError {
    ServiceError(.badRequest, "ValidationException", message)
  }

  static let unknownOperation = ServiceError(
    .notFound, "UnknownOperationException", "the sandbox has CreateModelCopyJob, GetModelCopyJob and ListModelCopyJobs")

  static let throttled = ServiceError(.tooManyRequests, "ThrottlingException", "Too many requests, please wait")

  static let internalFailure = ServiceError(
    .internalServerError, "InternalServerException", "The server encountered an internal error")
}
