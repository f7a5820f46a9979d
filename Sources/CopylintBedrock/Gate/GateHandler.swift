import BedrockClient
import Copylint
import NIOCore
import NIOHTTP1

/// The gate itself, without a socket: requests to answers.
final class GateHandler: HTTPHandler {
  private let options: GateOptions
  private let copies: GatedCopies
  private let keys = SigningKeyCache()
  private let regions: ServedRegions

  init(_ options: GateOptions) {
    self.options = options
    copies = GatedCopies(options)
    regions = ServedRegions(only: options.regions)
  }

  func respond(to request: ServerRequest) async -> ServerResponse { await begin(request).response }

  /// Returns when nothing is left to be written down about calls that were answered.
  func finish() async { await copies.finish() }

  /// The same for a gate that ends: also about calls whose clients have gone, until the deadline.
  func close(before deadline: NIODeadline = .distantFuture) async { await copies.close(before: deadline) }

  /// A large body is kept only where it may be what the signature still needs: who has no key must not fill the memory.
  /// Without it, the request is refused for the same reason.
  func needsBody(_ request: ServerRequest) -> Bool {
    let length = request.header("content-length").flatMap { Int($0) } ?? 0
    return length <= Self.atOnceBytes || GateCall.mayBeSigned(request, options)
  }

  func begin(_ request: ServerRequest) -> Answering {
    if let management = options.management, request.target.segments.first == Self.managementSegment {
      return management.begin(request)
    }
    guard request.body.count <= Self.atOnceBytes else {
      return .task { await self.judge(request).response }
    }
    return judge(request)
  }

  /// A body that is verified and judged while other connections wait; a larger one gets a task.
  private static let atOnceBytes = 16 << 10

  private static let managementSegment: ByteString = "-"

  private func judge(_ request: ServerRequest) -> Answering {
    do throws(GateStop) {
      return try pass(request, try GateCall(request, options, keys, regions))
    } catch {
      return .ready(stopped(error))
    }
  }

  private func stopped(_ stop: GateStop) -> ServerResponse {
    options.onEvent(.refused(stop.refusal))
    var response = stop.response
    // SDKs whose clock is wrong correct it by the date of a refusal, and sign again.
    if stop.kind == .signature { response.headers.add(name: "date", value: HTTPDate.text(options.time.date)) }
    return response
  }

  private func pass(_ request: ServerRequest, _ call: GateCall) throws(GateStop) -> Answering {
    switch call.operation {
    case .create: return try copies.begin(request, call, stopped)
    case .other where !options.allowsOtherOperations:
      let error = ServiceError(
        .forbidden, "AccessDeniedException",
        "copylint: the gate lets no such operation through; calls of it can go to Bedrock itself, or past a gate with --allow-other-operations"
      )
      throw GateStop(.operation, error)
    case .read, .other:
      return .task {
        do throws(GateStop) { return try await self.forward(request, call) } catch { return self.stopped(error) }
      }
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
