/// What a signature is good for: one day, one Region, one service.
public struct CredentialScope: Sendable, Hashable {
  /// Eight digits, `20150830`.
  public let day: String
  /// The Region of the endpoint, `us-east-1`.
  public let region: String
  /// The signing name of the service, `bedrock`.
  public let service: String

  /// The scope of these parts.
  public init(day: String, region: String, service: String) {
    self.day = day
    self.region = region
    self.service = service
  }

  /// `day/region/service/aws4_request`.
  public var text: String { "\(day)/\(region)/\(service)/\(CredentialScope.terminator)" }

  static let terminator = "aws4_request"
}
