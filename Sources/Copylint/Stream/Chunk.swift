// @unchecked: a chunk is filled by one thread, then used by the one that it is handed to, then given back.
/// A part of a run's requests that is judged at a time.
class Chunk: @unchecked Sendable {
  /// What is written of its requests, where that is lines.
  final var output = ByteBuffer()
}
