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
  var name: ByteString { ByteString(rawValue) }

  /// Every name, for suggestions.
  static let names = allCases.map(\.name)

  /// Names that other tools give these members, with what was meant.
  static let aliases: [(name: ByteString, member: RequestMember)] = [
    ("clientToken", .clientRequestToken), ("idempotencyToken", .clientRequestToken), ("kmsKeyId", .modelKmsKeyId),
    ("kmsKeyArn", .modelKmsKeyId), ("kmsKey", .modelKmsKeyId), ("tags", .targetModelTags),
    ("modelTags", .targetModelTags), ("sourceArn", .sourceModelArn), ("modelArn", .sourceModelArn),
    ("targetName", .targetModelName), ("modelName", .targetModelName),
  ]
}
