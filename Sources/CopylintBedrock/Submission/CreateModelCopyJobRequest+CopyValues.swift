import BedrockClient
import Copylint

extension CreateModelCopyJobRequest {
  /// What is sent for values that were judged, code point by code point, with the token it is known by.
  init(_ values: CopyValues, token: String) {
    self.init(
      sourceModelArn: values.sourceModelArn.displayString, targetModelName: values.targetModelName.displayString,
      modelKmsKeyId: values.modelKmsKeyId?.displayString,
      targetModelTags: values.targetModelTags?.map {
        BedrockClient.Tag(key: $0.key.displayString, value: $0.value.displayString)
      }, clientRequestToken: token)
  }
}
