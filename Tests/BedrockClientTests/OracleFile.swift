import Foundation
import Testing

/// A committed file of one JSON value a line, that a script in Tests/Oracles makes.
enum OracleFile {
  /// The lines of a file, by its path in Tests/Oracles, as values of that type.
  static func lines<Value: Decodable>(_ path: String, as type: Value.Type) throws -> [Value] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent("Oracles/\(path)"))
    let lines = data.split(separator: 10)
    try #require(!lines.isEmpty)
    return try lines.map { try JSONDecoder().decode(type, from: $0) }
  }
}
