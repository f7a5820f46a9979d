import Copylint

/// The forms that options must have before anything is read.
enum Names {
  static func isRegion(_ text: String) -> Bool { TargetForm.isRegionName(ByteString(text)) }
  static func isAccount(_ text: String) -> Bool { TargetForm.isAccount(ByteString(text)) }
}
