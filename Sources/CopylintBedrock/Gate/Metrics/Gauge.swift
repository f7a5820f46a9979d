import Synchronization

/// A number that goes up and down.
final class Gauge: Sendable {
  let name: String
  let help: String
  private let value = Mutex(0.0)

  init(_ name: String, help: String) { (self.name, self.help) = (name, help) }

  func set(_ value: Double) { self.value.withLock { $0 = value } }

  func add(_ difference: Double) { value.withLock { $0 += difference } }

  func write(to writer: inout ExpositionWriter) {
    writer.begin(name, help: help, type: "gauge")
    writer.sample(name, [], ExpositionWriter.number(value.withLock { $0 }))
  }
}
