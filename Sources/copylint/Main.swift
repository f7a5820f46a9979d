import ArgumentParser
import Copylint

@main struct Main: ParsableCommand {
  func run() {}
}
