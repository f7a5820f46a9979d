# The rules of Tests/Oracles/policy/pack.json: true where a request has none of them against it.
def parts: split(":") | .[0:5] + [.[5:] | join(":")];
def keys:
  "\\Aarn:(aws:kms:eu-west-1:111122223333:key/[\\s\\S]*|aws:kms:eu-central-1:111122223333:key/[\\s\\S]*"
  + "|aws:kms:eu-north-1:222233334444:key/mrk-[\\s\\S]*|aws:kms:eu-west-[^:]:222233334444:key/[\\s\\S]*"
  + "|aws:kms:us-[^:]*:333344445555:key/[\\s\\S]*|aws:kms:[^:]*:444455556666:key/1234abcd-[\\s\\S]*"
  + "|aws:kms:ap-[^:]*-1:444455556666:key/[\\s\\S]*-0000[\\s\\S]{8}|aws:kms:ap-southeast-2:55556666[^:]*:key/[\\s\\S]*"
  + "|aws-us-gov:kms:us-gov-[^:]*:111122223333:key/[\\s\\S]*|aws-cn:kms:cn-[^:]*:111122223333:key/[\\s\\S]*"
  + "|aws-[\\x01-9;-\\x7f]:kms:eu-south-1:666677778888:key/[\\s\\S]*|aws[^:]*:kms:eu-south-2:666677778888:key/[\\s\\S]*"
  + "|aws:kms:eu-west-1:777788889999:key/00000000-0000-0000-0000-000000000001"
  + "|aws:kms:eu-west-2:777788889999:key/00000000-0000-0000-0000-000000000002"
  + "|aws:kms:eu-west-3:777788889999:key/00000000-0000-0000-0000-00000000000[\\s\\S]"
  + "|aws:kms:ca-central-1:7777[^:]{4}9999:key/[\\s\\S]*|aws:kms:sa-east-1:[^:]*:key/mrk-[\\s\\S]*"
  + "|aws:kms:me-[^:]*:888899990000:key/[\\s\\S]*a[\\s\\S]*b[\\s\\S]*c[\\s\\S]*"
  + "|aws:kms:[^:]*-west-2:888899990000:key/[\\s\\S]*|aws:kms:af-south-1:888899990000:key/[\\s\\S]*)\\z";
(.request // .) as $request
| .target.region as $region
| ($request.targetModelTags // []) as $tags
| def tag($key): [$tags[] | select(.key == $key) | .value] | .[0];
  tag("Owner") != null
  and (tag("CostCenter") // "" | test("\\ACC-[0-9]{4}\\z"))
  and (tag("Environment") | . == "dev" or . == "staging" or . == "prod")
  and ($tags | length) <= 10
  and ($request.targetModelName // "fin-absent" | test("\\Afin-[a-z0-9]+(-[a-z0-9]+)*\\z"))
  and ($request.modelKmsKeyId // "" | test(keys) and (parts | .[3] == $region))
  and ($request.sourceModelArn
    | . == null or (parts[4] | . == "111122223333" or . == "222233334444" or . == "333344445555"
      or . == "444455556666" or . == "555566667777"))
