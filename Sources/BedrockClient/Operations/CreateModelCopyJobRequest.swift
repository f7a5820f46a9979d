/// What CreateModelCopyJob takes.
///
/// Constraints are those of the Amazon Bedrock API Reference, CreateModelCopyJob, and of botocore's service model of
/// 2023-04-20. The client does not enforce them; Bedrock does.
public struct CreateModelCopyJobRequest: Sendable, Encodable {
  /// The ARN of the model to copy, in the account and Region where it is: 20 to 1011 characters of
  /// `arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|(:foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}))`.
  public var sourceModelArn: String
  /// The name of the copy: 1 to 63 characters of `([0-9a-zA-Z][_-]?){1,63}`.
  public var targetModelName: String
  /// The KMS key that encrypts the copy: an ARN, a key id or an alias, 1 to 2048 characters of
  /// `(arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:((key/[a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)))|([a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)`.
  public var modelKmsKeyId: String?
  /// The tags of the copy: 0 to 200 of them by the model, at most 50 a resource by the service (TooManyTagsException).
  public var targetModelTags: [Tag]?
  /// Makes the call idempotent: a request whose token was used before is ignored without an error. 1 to 256 characters
  /// of `[a-zA-Z0-9]([-a-zA-Z0-9]{0,254}[a-zA-Z0-9])?`. Where it is nil the client draws a UUID.
  public var clientRequestToken: String?

  /// A request of these members.
  public init(
    sourceModelArn: String, targetModelName: String, modelKmsKeyId: String? = nil, targetModelTags: [Tag]? = nil,
    clientRequestToken: String? = nil
  ) {
    self.sourceModelArn = sourceModelArn
    self.targetModelName = targetModelName
    self.modelKmsKeyId = modelKmsKeyId
    self.targetModelTags = targetModelTags
    self.clientRequestToken = clientRequestToken
  }
}
