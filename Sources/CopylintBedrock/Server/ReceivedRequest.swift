import BedrockClient

extension ServerRequest {
  /// The request as the verifier of signatures takes it: raw path and query, every header, the whole body.
  var asReceived: HTTPRequest {
    HTTPRequest(
      method: head.method.rawValue, scheme: .http, host: header("host") ?? "", path: target.path, query: target.query,
      headers: BedrockClient.HTTPHeaders(head.headers.map { ($0.name, $0.value) }), body: body)
  }
}
