import BedrockClient
import Synchronization

/// The endpoint of the Region that was asked for last: most calls are for the same one.
final class LastEndpoint: Sendable {
  private let last = Mutex<(region: String, endpoint: Endpoint)?>(nil)

  /// Resolves it where another Region was asked for before. What is thrown is not kept.
  func get(
    _ region: String, _ resolve: () throws(ConfigurationError) -> Endpoint
  ) throws(ConfigurationError) -> Endpoint {
    if let last = last.withLock({ $0 }), last.region.utf8.elementsEqual(region.utf8) { return last.endpoint }
    let endpoint = try resolve()
    last.withLock { $0 = (region, endpoint) }
    return endpoint
  }
}
