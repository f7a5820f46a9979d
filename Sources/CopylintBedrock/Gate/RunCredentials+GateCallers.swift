import BedrockClient
import Copylint

extension RunCredentials: GateCallers {
  /// Every set that was handed out with this key id: a session token may have been renewed beneath it.
  package func credentials(of accessKeyID: String) -> [AWSCredentials] {
    let id = ByteString(accessKeyID)
    return known.filter { ByteString($0.accessKeyID) == id }
  }
}
