import NIOCore
import NIOHTTP1
import Testing

@testable import CopylintBedrock

@Suite struct ResponseWriterTests {
  private static func text(_ response: ServerResponse, closes: Bool = false, isHead: Bool = false) -> String {
    let writer = ResponseWriter(response: response, closes: closes, isHead: isHead)
    return String(buffer: writer.bytes(ByteBufferAllocator()))
  }

  @Test func headAndBodyAreOnePiece() {
    let response = ServerResponse(.created, headers: ["content-type": "application/json"], body: Array("{}".utf8))
    let head = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 2\r\n"
    #expect(Self.text(response) == head + "\r\n{}")
    #expect(Self.text(response, closes: true) == head + "connection: close\r\n\r\n{}")
    #expect(Self.text(response, isHead: true) == head + "\r\n")
    #expect(Self.text(ServerResponse()) == "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
  }

  @Test func aStatusWithoutABodyHasNoLength() {
    for status in [HTTPResponseStatus.noContent, .notModified] {
      let text = Self.text(ServerResponse(status, body: Array("x".utf8)))
      #expect(text == "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n\r\n")
    }
  }

  @Test func noValueBeginsAnotherLine() {
    let headers: HTTPHeaders = ["a": "1\r\nset-cookie: x", "b\r\nc": "2\u{0}", "d": "\tü"]
    #expect(
      Self.text(ServerResponse(.custom(code: 499, reasonPhrase: "a\nb"), headers: headers))
        == "HTTP/1.1 499 a b\r\na: 1  set-cookie: x\r\nb  c: 2 \r\nd: \tü\r\ncontent-length: 0\r\n\r\n")
  }

  @Test func theServerAloneSaysHowTheMessageIsFramed() {
    let headers: HTTPHeaders = [
      "Content-Length": "7", "connection": "keep-alive", "Transfer-Encoding": "chunked", "content-lengths": "1",
    ]
    #expect(
      Self.text(ServerResponse(headers: headers))
        == "HTTP/1.1 200 OK\r\ncontent-lengths: 1\r\ncontent-length: 0\r\n\r\n")
  }
}
