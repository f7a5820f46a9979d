import NIOHTTP1

/// One HTTP request as a value, after the server has held it to its rules.
public struct ServerRequest: Sendable {
  /// Method, target and headers, as they came.
  public var head: HTTPRequestHead
  /// The path and query of the target, decoded.
  public var target: RequestTarget
  /// Exactly the bytes of the body.
  public var body: [UInt8]

  /// Holds a request to the rules that need no wire. Throws a `Refusal` where a server would send one.
  public init(head: HTTPRequestHead, body: [UInt8], rules: HeadRules) throws(Refusal) {
    target = try rules.check(head)
    self.head = head
    self.body = body
  }

  init(head: HTTPRequestHead, target: RequestTarget, body: [UInt8]) {
    (self.head, self.target, self.body) = (head, target, body)
  }

  /// The value of a header that stands once; nil where it is absent.
  public func header(_ name: String) -> String? { head.headers.first(name: name) }
}
