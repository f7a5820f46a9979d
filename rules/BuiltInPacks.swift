public let builtin = PackageResources.bedrock_api_json
