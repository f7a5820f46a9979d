import BedrockClient
import Copylint
import NIOHTTP1

/// An answer from upstream, as it is passed on: its status, its body, and the few headers that SDKs read.
struct UpstreamAnswer {
  let response: ServerResponse

  /// Throws for a redirect, which no caller may follow: the judged call would go somewhere else; and for a status that
  /// is no answer.
  init(_ answer: HTTPResponse) throws(GateStop) {
    guard (200..<300).contains(answer.status) || (400..<600).contains(answer.status) else {
      throw GateStop(.upstream, .unavailable("Bedrock answered with status \(answer.status), which is not passed on"))
    }
    var headers = NIOHTTP1.HTTPHeaders()
    for name in Self.passed {
      guard let value = answer.headers[name], value.utf8.allSatisfy(Self.isFieldByte) else { continue }
      headers.add(name: name, value: value)
    }
    response = ServerResponse(HTTPResponseStatus(statusCode: answer.status), headers: headers, body: answer.body)
  }

  private static let passed = ["content-type", "x-amzn-requestid", "x-amzn-errortype", "date", "retry-after"]

  private static func isFieldByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }
}
