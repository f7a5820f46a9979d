import Testing

@testable import BedrockClient

@Suite struct ServiceErrorTests {
  struct Row: Sendable {
    var status: Int
    var header: String?
    var body: String
    var code: String
    var kind: ServiceError.Kind
    var canRetry = false
  }

  static let rows = [
    Row(
      status: 404, header: "ResourceNotFoundException", body: "{\"message\":\"m\"}", code: "ResourceNotFoundException",
      kind: .resourceNotFound),
    Row(
      status: 403, header: "AccessDeniedException:http://internal.amazon.com/coral/", body: "{\"message\":\"m\"}",
      code: "AccessDeniedException", kind: .accessDenied),
    Row(
      status: 500, header: "aws.protocoltests#InternalServerException:http://x#y", body: "{\"message\":\"m\"}",
      code: "InternalServerException", kind: .internalServer, canRetry: true),
    Row(
      status: 400,
      body: "{\"__type\":\"com.amazonaws.bedrock#TooManyTagsException\",\"message\":\"m\",\"resourceName\":\"r\"}",
      code: "TooManyTagsException", kind: .tooManyTags(resourceName: "r")),
    Row(
      status: 400, header: "TooManyTagsException", body: "{\"message\":\"m\",\"resourceName\":7}",
      code: "TooManyTagsException", kind: .tooManyTags(resourceName: nil)),
    Row(
      status: 400, body: "{\"code\":\"ValidationException\",\"message\":\"m\"}", code: "ValidationException",
      kind: .validation),
    Row(
      status: 400, body: "{\"Code\":\"ValidationException\",\"__type\":\"Other\",\"Message\":\"m\"}",
      code: "ValidationException", kind: .validation),
    Row(
      status: 400, header: "ValidationException", body: "{\"code\":\"ThrottlingException\",\"message\":\"m\"}",
      code: "ValidationException", kind: .validation),
    Row(
      status: 429, header: "ThrottlingException", body: "{\"message\":\"m\"}", code: "ThrottlingException",
      kind: .throttling, canRetry: true),
    Row(
      status: 400, header: "ServiceQuotaExceededException", body: "{\"message\":\"m\"}",
      code: "ServiceQuotaExceededException", kind: .serviceQuotaExceeded),
    Row(
      status: 409, header: "ConflictException", body: "{\"message\":\"m\"}", code: "ConflictException", kind: .conflict),
    Row(
      status: 403, header: "ExpiredTokenException", body: "{\"message\":\"m\"}", code: "ExpiredTokenException",
      kind: .expiredToken),
    Row(
      status: 403, header: "RequestTimeTooSkewed", body: "{\"message\":\"m\"}", code: "RequestTimeTooSkewed",
      kind: .clockSkew, canRetry: true),
    Row(
      status: 403, header: "InvalidSignatureException", body: "{\"message\":\"m\"}", code: "InvalidSignatureException",
      kind: .invalidSignature),
    Row(
      status: 403, header: "UnrecognizedClientException", body: "{\"message\":\"m\"}",
      code: "UnrecognizedClientException", kind: .unrecognizedClient),
    Row(
      status: 403, header: "MissingAuthenticationTokenException", body: "{\"message\":\"m\"}",
      code: "MissingAuthenticationTokenException", kind: .missingAuthenticationToken),
    Row(
      status: 403, header: "IncompleteSignatureException", body: "{\"message\":\"m\"}",
      code: "IncompleteSignatureException", kind: .incompleteSignature),
    Row(
      status: 503, header: "ServiceUnavailableException", body: "{\"message\":\"m\"}",
      code: "ServiceUnavailableException",
      kind: .serviceUnavailable, canRetry: true),
    Row(
      status: 400, header: "accessdeniedexception", body: "{\"message\":\"m\"}", code: "accessdeniedexception",
      kind: .unrecognized),
    Row(
      status: 418, header: "TeapotException", body: "{\"message\":\"m\"}", code: "TeapotException", kind: .unrecognized),
    Row(status: 418, body: "m", code: "", kind: .unrecognized),
    Row(status: 400, header: "", body: "{\"message\":\"m\"}", code: "", kind: .unrecognized),
    Row(status: 400, header: "#:", body: "{\"message\":\"m\"}", code: "", kind: .unrecognized),
  ]

  @Test(arguments: rows) func codeKindAndMessage(_ row: Row) {
    var headers = HTTPHeaders([("x-amzn-RequestId", "r-1")])
    headers["X-Amzn-ErrorType"] = row.header
    let error = ServiceError(HTTPResponse(status: row.status, headers: headers, body: Array(row.body.utf8)))
    #expect(error.code == row.code)
    #expect(error.kind == row.kind)
    #expect(error.message == "m")
    #expect(error.status == row.status)
    #expect(error.requestID == "r-1")
    #expect(error.canRetry == row.canRetry)
  }

  @Test(arguments: [
    "", "[]", "null", "7", "\"x\"", "{", "{\"message\":{}}", "{\"__type\":[1]}", "\u{0}", "<html>",
    "{\"message\":\"\\ud800\"}",
  ]) func anyBodyIsAnError(_ body: String) {
    let error = ServiceError(HTTPResponse(status: 400, body: Array(body.utf8)))
    #expect(error.kind == .unrecognized)
    #expect(error.code.isEmpty)
  }

  @Test func bytesThatAreNotTextAreAnError() {
    let error = ServiceError(HTTPResponse(status: 500, body: (0...255).map { UInt8($0) }))
    #expect(error.kind == .unrecognized)
    #expect(error.canRetry)
  }
}
