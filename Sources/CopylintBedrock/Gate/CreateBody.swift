import Copylint
import NIOHTTP1

/// The forms of a body that are judged: JSON in UTF-8 as it stands, nothing encoded.
enum CreateBody {
  /// Throws for every other form: somebody behind the gate might read another request in the same bytes.
  static func check(_ request: ServerRequest) throws(ServiceError) {
    guard !request.head.headers.contains(name: "content-encoding") else {
      throw unsupported("an encoded body is not judged: send it without `content-encoding`")
    }
    guard let type = request.header("content-type"), isJSON(ByteString(type)) else {
      throw unsupported("the body must be `application/json`")
    }
    guard request.header("x-amz-target") == nil else {
      throw unsupported("the header `x-amz-target` belongs to another protocol")
    }
  }

  private static func isJSON(_ type: ByteString) -> Bool {
    let parts = type.asciiLowercased.bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { ByteString(trimmed($0)) }
    guard parts.first == "application/json" else { return false }
    return parts.count == 1 || (parts.count == 2 && ["charset=utf-8", "charset=\"utf-8\""].contains(parts[1]))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let head = bytes.drop(while: isSpace)
    return head.prefix(head.count - head.reversed().prefix(while: isSpace).count)
  }

  private static func unsupported(_ words: String) -> ServiceError {
    ServiceError(.unsupportedMediaType, "ValidationException", "copylint: \(words)")
  }
}
