import Copylint
import NIOHTTP1

/// GetCallerIdentity of the Security Token Service, which speaks forms and XML (AWS query protocol).
struct CallerIdentityOperation {
  let requestID: String

  /// The form of a request to `/`: the body of a POST, else the query.
  static func isAsked(by request: ServerRequest) -> Bool {
    let text = request.head.method == .POST ? ByteString(request.body) : ByteString(request.target.query)
    let action = ByteString("Action=GetCallerIdentity")
    return text.bytes.split(separator: UInt8(ascii: "&")).contains { $0.elementsEqual(action.bytes) }
  }

  /// Who the caller is.
  func respond(account: ByteString) -> ServerResponse {
    Self.xml(
      .ok,
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:iam::\(account.displayString):user/sandbox</Arn>
          <UserId>AIDASANDBOXEXAMPLE</UserId>
          <Account>\(account.displayString)</Account>
        </GetCallerIdentityResult>
        <ResponseMetadata>
          <RequestId>\(requestID)</RequestId>
        </ResponseMetadata>
      </GetCallerIdentityResponse>

      """)
  }

  /// An error in this protocol's form.
  func respond(_ error: ServiceError) -> ServerResponse {
    let type = error.status.code < 500 ? "Sender" : "Receiver"
    return Self.xml(
      error.status,
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <Error>
          <Type>\(type)</Type>
          <Code>\(error.name.replacingSuffix("Exception"))</Code>
          <Message>\(Self.escaped(error.message))</Message>
        </Error>
        <RequestId>\(requestID)</RequestId>
      </ErrorResponse>

      """)
  }

  private static func xml(_ status: HTTPResponseStatus, _ text: String) -> ServerResponse {
    ServerResponse(status, headers: ["content-type": "text/xml"], body: Array(text.utf8))
  }

  private static func escaped(_ text: String) -> String {
    Escaping.visible(text).unicodeScalars.reduce(into: "") { output, scalar in
      switch scalar {
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "&": output += "&amp;"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }
}

extension String {
  /// Without the suffix, where the text has it.
  fileprivate func replacingSuffix(_ suffix: String) -> String {
    utf8.count > suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      ? String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self) : self
  }
}
