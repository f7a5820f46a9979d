import BedrockClient
import Copylint

extension GateOutcome {
  /// What an answer, or its absence, says of the copy.
  init(_ answer: Result<HTTPResponse, UpstreamError>, took duration: Duration) {
    switch answer {
    case .success(let response): self.init(response, took: duration)
    case .failure(let error):
      self.init(outcome: error.effect == .none ? .rejected : .unknown, error: error.message, duration: duration)
    }
  }

  /// 201 with a job's ARN says that it was accepted, a client error that it was not. What a server or something before
  /// it says of its own troubles leaves it open.
  private init(_ answer: HTTPResponse, took duration: Duration) {
    let jobArn = answer.status == 201 ? Self.jobArn(in: answer.body) : nil
    let isRefusal = (400..<500).contains(answer.status) && answer.status != 408
    let code = answer.headers["x-amzn-errortype"].map { ", \(Escaping.visible($0))" } ?? ""
    self.init(
      outcome: jobArn != nil ? .accepted : isRefusal ? .rejected : .unknown, status: answer.status, jobArn: jobArn,
      error: jobArn == nil ? "HTTP \(answer.status)\(code)" : nil, duration: duration)
  }

  private static func jobArn(in body: [UInt8]) -> String? {
    let document = try? Document(JSONText(SourceFile(path: "answer", bytes: body)))
    return document?.root["jobArn"]?.string?.displayString
  }
}
