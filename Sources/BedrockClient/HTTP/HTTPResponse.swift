/// An HTTP response, whole.
public struct HTTPResponse: Sendable, Hashable {
  /// The status code.
  public var status: Int
  /// The header fields.
  public var headers: HTTPHeaders
  /// The body.
  public var body: [UInt8]

  /// A response of these parts.
  public init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The status and the size: a response of a credentials service holds secrets.
  public var description: String { "HTTP \(status), \(body.count) bytes" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Empty beside the description, so that `dump` finds no secret.
  public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
