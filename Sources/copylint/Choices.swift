import ArgumentParser
import Copylint

/// When to colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never

  var isOn: Bool {
    switch self {
    case .auto: Terminal.takesColor
    case .always: true
    case .never: false
    }
  }
}

/// When to make links of rule names.
enum HyperlinkChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never

  var isOn: Bool {
    switch self {
    case .auto: Terminal.takesHyperlinks
    case .always: true
    case .never: false
    }
  }
}

extension OutputFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension CheckOptions.Unknown: ExpressibleByArgument {}
