/// Every kind of rule, sorted by name. A new kind is one file in Kinds/, one line here, and one folder of fixtures.
enum Registry {
  static let kinds: [any RuleKind.Type] = [
    AllowedAccounts.self,
    AllowedKmsKeys.self,
    AllowedRegions.self,
    AllowedSourceModels.self,
    AllowedTags.self,
    Assert.self,
    ForbiddenTags.self,
    NamingPattern.self,
    RequestToken.self,
    RequiredTags.self,
    TagCount.self,
    TagKeyCase.self,
    UniqueNames.self,
    UniqueTagKeys.self,
    WellFormed.self,
  ]

  static let names = kinds.map { $0.name }

  static func kind(named name: ByteString) -> (any RuleKind.Type)? { kinds.first { $0.name == name } }
}
