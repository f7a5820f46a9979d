import Testing

@testable import Copylint

/// The watch, with events that are made up.
@Suite struct WatchLoopTests {
  /// Gives its events one after another; a wait with a bound that finds a nil is quiet.
  final class Events: ChangeSource {
    var events: ArraySlice<WatchEvent>
    private(set) var watched: [Set<ByteString>] = []
    private(set) var bounds: [Int?] = []

    init(_ events: [WatchEvent]) { self.events = events[...] }

    func watch(_ directories: Set<ByteString>) throws(Diagnostic) { watched.append(directories) }

    func next(within milliseconds: Int?) throws(Diagnostic) -> WatchEvent {
      bounds.append(milliseconds)
      return events.popFirst() ?? .interrupted
    }
  }

  private func run(_ events: Events, _ codes: [ExitCode]) throws -> (runs: Int, code: ExitCode) {
    var runs = 0
    var loop = WatchLoop(events)
    let code = try loop.run(watching: { [ByteString("/\(runs)")] }) {
      defer { runs += 1 }
      return codes[min(runs, codes.count - 1)]
    }
    return (runs, code)
  }

  @Test func anInterruptionEndsItWithTheLastCode() throws {
    let result = try run(Events([.changed, .quiet, .changed, .quiet, .interrupted]), [.compliant, .unusable, .denied])
    #expect(result.runs == 3)
    #expect(result.code == .denied)
  }

  @Test func whatIsWatchedIsAskedForEachTimeBeforeItIsJudged() throws {
    let events = Events([.changed, .quiet, .interrupted])
    _ = try run(events, [.compliant])
    #expect(events.watched == [["/0"], ["/1"]])
  }

  @Test func changesInOneGoAreOneRun() throws {
    let events = Events([.changed, .changed, .changed, .quiet, .interrupted])
    #expect(try run(events, [.compliant]).runs == 2)
    #expect(events.bounds == [nil, 50, 50, 50, nil])
  }

  @Test func aNameThatNeverRestsIsJudgedAllTheSame() throws {
    let flood = Array(repeating: WatchEvent.changed, count: 2 * (WatchLoop<Events>.maxEvents + 1))
    #expect(try run(Events(flood), [.compliant]).runs == 3)
  }

  @Test func anInterruptionInTheMiddleOfChangesEndsIt() throws {
    #expect(try run(Events([.changed, .interrupted]), [.denied]).runs == 1)
  }

  @Test func theDirectoriesOfFilesPacksAndEverythingBeneath() throws {
    let folder = try ScratchFolder()
    folder.makeDirectory(".git")
    folder.write(Array("{}".utf8), to: "copies/a/b/c.json")
    folder.write(Array("{}".utf8), to: "one/x.json")
    folder.write(Array("{}".utf8), to: "two/x.json")
    folder.write(
      Array(#"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "a", "kind": "tag-count", "max": 1}]}"#.utf8),
      to: "policy/p.json")
    var options = CheckOptions(today: CalendarDate(secondsSinceEpoch: 0))
    options.configuration = .none
    options.packs = [folder.path("policy/p.json").displayString]
    options.paths = ["copies", "one/x.json"].map { folder.path(ByteString($0)).displayString }
    let names = WatchedDirectories.of(options).compactMap { Path.beneath($0, folder.path) }
    #expect(Set(names) == ["copies", "copies/a", "copies/a/b", "one", "policy"])
  }

  @Test func thePolicysOwnDirectoriesAreFewer() throws {
    let folder = try ScratchFolder()
    folder.write(Array("{}".utf8), to: "copies/a.json")
    // Pinned: the working directory may be in a repository, which a pack leaves in no other way.
    let pin = "7660d78738eede1e6f8d3b5df5e12eb92647cbd32d1068c8471debb9577cd50a"
    folder.write(
      Array(
        #"{"format": 1, "packs": [{"pack": "packs/p.json", "sha256": "\#(pin)"}], "waivers": ["waivers/w.json"]}"#.utf8),
      to: "conf/c.json")
    folder.write(
      Array(#"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "a", "kind": "tag-count", "max": 1}]}"#.utf8),
      to: "conf/packs/p.json")
    folder.write(Array(#"{"format": 1, "waivers": []}"#.utf8), to: "conf/waivers/w.json")
    var options = CheckOptions(today: CalendarDate(secondsSinceEpoch: 0))
    options.configuration = .file(folder.path("conf/c.json"))
    options.paths = [folder.path("copies").displayString]
    let names = WatchedDirectories.ofPolicy(options).compactMap { Path.beneath($0, folder.path) }
    #expect(Set(names) == ["conf", "conf/packs", "conf/waivers"])
  }
}
