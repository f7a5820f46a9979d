import BedrockClient
import Copylint
import CopylintBedrock
import Glibc
import Synchronization

/// Shows a run of `submit` as it goes, and a progress line on a terminal.
final class SubmissionDisplay: Sendable {
  private let format: SubmissionFormat
  private let json = Mutex(SubmissionJSON())
  private let hasProgressLine = isatty(STDERR_FILENO) == 1
  private let text = SubmissionText(color: isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil)

  init(_ format: SubmissionFormat) { self.format = format }

  func take(_ event: SubmissionEvent) {
    if case .progress(_, let status, let elapsed) = event { return showProgress(status, elapsed) }
    clearProgress()
    guard format == .text else { return json.withLock { $0.add(event) } }
    let output = text.output(event)
    StandardStream.output.write(output.standardOutput)
    StandardStream.error.write(output.standardError)
  }

  func finish() {
    guard format == .json else { return }
    StandardStream.output.write(json.withLock { $0.bytes() })
  }

  private func showProgress(_ status: ModelCopyJobStatus, _ elapsed: Duration) {
    guard hasProgressLine else { return }
    StandardStream.error.write(Array("\r\u{1B}[K\(SubmissionText.progress(status, elapsed: elapsed))".utf8))
  }

  private func clearProgress() {
    if hasProgressLine { StandardStream.error.write(Array("\r\u{1B}[K".utf8)) }
  }
}
