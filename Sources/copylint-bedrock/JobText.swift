import BedrockClient
import Copylint
import CopylintBedrock
import Foundation

/// Jobs and journal entries as lines.
enum JobText {
  static func line(_ job: ModelCopyJob) -> String {
    let name = job.targetModelName ?? ""
    return Escaping.visible("\(time(job.creationTime))  \(job.status.rawValue)  \(name)  \(job.jobArn)")
  }

  static func lines(_ job: ModelCopyJob) -> [String] {
    let rows = [
      ("job", job.jobArn), ("status", job.status.rawValue), ("created", time(job.creationTime)),
      ("target", job.targetModelArn), ("name", job.targetModelName), ("source", job.sourceModelArn),
      ("key", job.targetModelKmsKeyArn), ("failure", job.failureMessage),
    ]
    let tags = (job.targetModelTags ?? []).map { ("tag", Optional("\($0.key)=\($0.value)")) }
    return (rows + tags).compactMap { name, value in
      value.map { Escaping.visible(name + String(repeating: " ", count: 9 - name.count) + $0) }
    }
  }

  static func json(_ job: ModelCopyJob) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("jobArn", job.jobArn)
      writer.member("status", job.status.rawValue)
      writer.member("creationTime", time(job.creationTime))
      writer.member("targetModelArn", job.targetModelArn)
      writer.member("targetModelName", ifPresent: job.targetModelName)
      writer.member("sourceAccountId", job.sourceAccountId)
      writer.member("sourceModelArn", job.sourceModelArn)
      writer.member("sourceModelName", ifPresent: job.sourceModelName)
      writer.member("targetModelKmsKeyArn", ifPresent: job.targetModelKmsKeyArn)
      writer.key("targetModelTags")
      writer.array(job.targetModelTags ?? []) { writer, tag in
        writer.object { writer in
          writer.member("key", tag.key)
          writer.member("value", tag.value)
        }
      }
      writer.member("failureMessage", ifPresent: job.failureMessage)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func line(_ entry: JournalEntry) -> String {
    let made = time(Date(timeIntervalSince1970: Double(entry.createdAt)))
    let job = entry.jobArn ?? "token \(entry.token)"
    return Escaping.visible("\(made)  \(entry.state.rawValue)  \(entry.region)  \(entry.targetModelName)  \(job)")
  }

  static func json(_ entry: JournalEntry) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("state", entry.state.rawValue)
      writer.member("region", entry.region)
      writer.member("account", ifPresent: entry.account)
      writer.member("targetModelName", entry.targetModelName)
      writer.member("sourceModelArn", entry.sourceModelArn)
      writer.member("token", entry.token)
      writer.member("jobArn", ifPresent: entry.jobArn)
      writer.member("requestSha256", entry.digest)
      writer.member("createdAt", time(Date(timeIntervalSince1970: Double(entry.createdAt))))
      writer.member("updatedAt", time(Date(timeIntervalSince1970: Double(entry.updatedAt))))
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func time(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle()) }
}
