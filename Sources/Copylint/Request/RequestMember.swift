/// The members of a CreateModelCopyJob request body, as the API names them
/// (Amazon Bedrock API Reference, CreateModelCopyJob, Request Body).
enum RequestMember: String, CaseIterable, Sendable {
  case sourceModelArn
  case targetModelName
  case modelKmsKeyId
  case targetModelTags
  case clientRequestToken

  /// The member with this exact name.
  init?(name: ByteString) {
    guard let member = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = member
  }

  /// The name as it stands in a request.
  var name: ByteString {
    switch self {
    case .sourceModelArn: Self.names[0]
    case .targetModelName: Self.names[1]
    case .modelKmsKeyId: Self.names[2]
    case .targetModelTags: Self.names[3]
    case .clientRequestToken: Self.names[4]
    }
  }

  /// Every name, in the order of the cases.
  static let names = allCases.map { ByteString($0.rawValue) }

  /// Names that other tools give these members, with what was meant.
  static let aliases: [(name: ByteString, member: RequestMember)] = [
    ("clientToken", .clientRequestToken), ("idempotencyToken", .clientRequestToken), ("kmsKeyId", .modelKmsKeyId),
    ("kmsKeyArn", .modelKmsKeyId), ("kmsKey", .modelKmsKeyId), ("tags", .targetModelTags),
    ("modelTags", .targetModelTags), ("sourceArn", .sourceModelArn), ("modelArn", .sourceModelArn),
    ("targetName", .targetModelName), ("modelName", .targetModelName),
  ]
}
