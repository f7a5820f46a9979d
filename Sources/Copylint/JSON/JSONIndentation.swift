import CJansson
import Glibc

/// Indents a JSON text for reading.
enum JSONIndentation {
  /// The text with two spaces a level, members in their order. `bytes` must be JSON; other text comes back as it is.
  static func indented(_ bytes: [UInt8]) -> String {
    let text = bytes.withUnsafeBytes { buffer -> String? in
      guard let json = json_loadb(buffer.baseAddress, buffer.count, Int(JSON_DECODE_ANY), nil) else { return nil }
      defer { json_decref(json) }
      guard let dumped = json_dumps(json, Int(JSON_PRESERVE_ORDER) | 2) else { return nil }
      // jansson allocates with malloc unless a program changes that, which this one does not.
      defer { free(dumped) }
      return String(cString: dumped)
    }
    return text ?? String(decoding: bytes, as: UTF8.self)
  }
}
