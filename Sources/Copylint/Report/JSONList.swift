/// A JSON array written an element a line as the elements come, for formats that stream.
struct JSONList {
  private var isEmpty = true

  /// The element, with what goes before it.
  mutating func element(_ json: [UInt8]) -> [UInt8] {
    let separator = isEmpty ? "[\n" : ",\n"
    isEmpty = false
    return Array(separator.utf8) + json
  }

  /// The end of the array, also of an empty one.
  var end: [UInt8] { Array((isEmpty ? "[]" : "\n]").utf8) }
}
