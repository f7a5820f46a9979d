import BedrockClient
import Copylint
import NIOHTTP1

/// The gate itself, without a socket: requests to answers.
struct GateHandler: HTTPHandler {
  private let options: GateOptions
  private let copies: GatedCopies

  init(_ options: GateOptions) {
    self.options = options
    copies = GatedCopies(options)
  }

  func respond(to request: ServerRequest) async -> ServerResponse {
    if let management = options.management, request.target.segments.first == Self.managementSegment {
      return await management.respond(to: request)
    }
    do throws(GateStop) {
      return try await pass(request, try GateCall(request, options))
    } catch {
      options.onEvent(.refused(error.refusal))
      return error.response
    }
  }

  private static let managementSegment: ByteString = "-"

  private func pass(_ request: ServerRequest, _ call: GateCall) async throws(GateStop) -> ServerResponse {
    switch call.operation {
    case .create: return try await copies.respond(to: request, call)
    case .other where !options.allowsOtherOperations:
      let error = ServiceError(
        .forbidden, "AccessDeniedException",
        "copylint: the gate lets no such operation through; calls of it can go to Bedrock itself, or past a gate with --allow-other-operations"
      )
      throw GateStop(.operation, error)
    case .read, .other: return try await forward(request, call)
    }
  }

  private func forward(_ request: ServerRequest, _ call: GateCall) async throws(GateStop) -> ServerResponse {
    let shown = Escaping.visible("\(request.head.method.rawValue) \(request.target.path)")
    let response: HTTPResponse
    do throws(UpstreamError) {
      response = try await options.upstream.send(UpstreamCall(request), to: call.region)
    } catch {
      throw GateStop(error)
    }
    options.onEvent(.passed(GatePassage(request: shown, region: call.region, status: response.status)))
    return try UpstreamAnswer(response).response
  }
}

extension UpstreamCall {
  /// What travels of a caller's request.
  init(_ request: ServerRequest) {
    self.init(
      method: request.head.method.rawValue, path: request.target.path, query: request.target.query,
      contentType: request.body.isEmpty ? nil : request.header("content-type"), body: request.body)
  }
}
