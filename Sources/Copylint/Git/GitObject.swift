/// The content of a file as git has it.
struct GitObject: Equatable {
  /// The name of the object, in hexadecimal.
  let name: ByteString
  private let blobs: GitBlobs

  init(_ name: ByteString, in blobs: GitBlobs) {
    self.name = name
    self.blobs = blobs
  }

  /// The bytes. Throws when there are more than `maxBytes`, or git fails.
  func content(maxBytes: Int) throws(Diagnostic) -> [UInt8] { try blobs.read(name, maxBytes: maxBytes) }

  /// An object is what its name says.
  static func == (left: GitObject, right: GitObject) -> Bool { left.name == right.name }
}
