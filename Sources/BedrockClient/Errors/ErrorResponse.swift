#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ServiceError {
  /// The error in a response of the REST-JSON protocol, whatever the response holds.
  ///
  /// The code is looked for where botocore's `RestJSONParser` does: the header `x-amzn-errortype`, then the body's
  /// `code` or `Code`, then its `__type`.
  public init(_ response: HTTPResponse) {
    let body = (try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body)))
    let code = response.headers["x-amzn-errortype"] ?? body?.code ?? body?.type ?? ""
    self.code = ServiceError.bare(code)
    message = body?.message ?? ServiceError.excerpt(response.body)
    status = response.status
    requestID = response.requestID
    kind = ErrorCodes.kind(of: self.code, resourceName: body?.resourceName)
  }

  /// `aws.protocols#FooException:http://…` is `FooException`.
  private static func bare(_ code: String) -> String {
    let beforeColon = code.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)[0]
    let afterHash =
      beforeColon.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false).last ?? beforeColon
    return ASCII.trimmed(String(decoding: afterHash, as: UTF8.self))
  }

  /// What a body that is not JSON begins with.
  private static func excerpt(_ body: [UInt8]) -> String { String(decoding: body.prefix(300), as: UTF8.self) }
}

extension HTTPResponse {
  /// The id that the service gave the request.
  var requestID: String? { headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] }
}

/// The members of an error's body; what is of another type counts as absent.
private struct ErrorBody: Decodable {
  var code: String?
  var type: String?
  var message: String?
  var resourceName: String?

  private enum CodingKeys: String, CodingKey {
    case code, upperCode = "Code", type = "__type", message, upperMessage = "Message", resourceName
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) -> String? { try? members.decode(String.self, forKey: key) }
    code = text(.code) ?? text(.upperCode)
    type = text(.type)
    message = text(.message) ?? text(.upperMessage) ?? ""
    resourceName = text(.resourceName)
  }
}
