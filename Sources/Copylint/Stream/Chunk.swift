// @unchecked: a chunk is used by one thread at a time, which hands it to the next.
/// A part of a run's requests that is judged at a time.
class Chunk: @unchecked Sendable {
  /// What is written of its requests, where that is lines.
  final var output = ByteBuffer()
  final var draft = ChunkDraft()
}
