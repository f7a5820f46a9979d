/// A file that holds a token, which a cluster renews from time to time: it is read for each request.
struct TokenFile {
  let path: String
  let files: any LocalFiles

  /// The largest token, in bytes: STS takes 20,000 characters.
  private static let maxBytes = 64 << 10

  /// The token as it stands in the file.
  func read(for source: some CredentialsSource) throws(CredentialsError) -> String {
    let bytes: [UInt8]
    do throws(LocalFileError) {
      bytes = try files.read(path, maxBytes: Self.maxBytes)
    } catch {
      throw source.failure(.unavailable, "the token file \(ShownValue(path)) cannot be read: \(error)")
    }
    guard let token = String(validating: bytes, as: UTF8.self), !token.isEmpty else {
      throw source.failure(.unavailable, "the token file \(ShownValue(path)) holds no token")
    }
    return token
  }
}
