# The rules of Tests/Oracles/policy/pack.json: `allow` is true where a request has none of them against it.
package policy

default allow := false

request := object.get(input, "request", input)

region := input.target.region

tags := object.get(request, "targetModelTags", [])

tag(key) := [tag.value | some tag in tags; tag.key == key][0]

keys := [
	"arn:aws:kms:eu-west-1:111122223333:key/*",
	"arn:aws:kms:eu-central-1:111122223333:key/*",
	"arn:aws:kms:eu-north-1:222233334444:key/mrk-*",
	"arn:aws:kms:eu-west-?:222233334444:key/*",
	"arn:aws:kms:us-*:333344445555:key/*",
	"arn:aws:kms:*:444455556666:key/1234abcd-*",
	"arn:aws:kms:ap-*-1:444455556666:key/*-0000????????",
	"arn:aws:kms:ap-southeast-2:55556666*:key/*",
	"arn:aws-us-gov:kms:us-gov-*:111122223333:key/*",
	"arn:aws-cn:kms:cn-*:111122223333:key/*",
	"arn:aws-?:kms:eu-south-1:666677778888:key/*",
	"arn:aws*:kms:eu-south-2:666677778888:key/*",
	"arn:aws:kms:eu-west-1:777788889999:key/00000000-0000-0000-0000-000000000001",
	"arn:aws:kms:eu-west-2:777788889999:key/00000000-0000-0000-0000-000000000002",
	"arn:aws:kms:eu-west-3:777788889999:key/00000000-0000-0000-0000-00000000000?",
	"arn:aws:kms:ca-central-1:7777????9999:key/*",
	"arn:aws:kms:sa-east-1:*:key/mrk-*",
	"arn:aws:kms:me-*:888899990000:key/*a*b*c*",
	"arn:aws:kms:*-west-2:888899990000:key/*",
	"arn:aws:kms:af-south-1:888899990000:*",
]

accounts := {"111122223333", "222233334444", "333344445555", "444455556666", "555566667777"}

name_fits if not request.targetModelName

name_fits if regex.match(`\Afin-[a-z0-9]+(-[a-z0-9]+)*\z`, request.targetModelName)

key_fits if {
	some pattern in keys
	glob.match(pattern, [":"], request.modelKmsKeyId)
	parts := split(request.modelKmsKeyId, ":")
	startswith(parts[5], "key/")
	parts[3] == region
}

source_fits if not request.sourceModelArn

source_fits if split(request.sourceModelArn, ":")[4] in accounts

allow if {
	tag("Owner")
	regex.match(`\ACC-[0-9]{4}\z`, tag("CostCenter"))
	tag("Environment") in {"dev", "staging", "prod"}
	count(tags) <= 10
	name_fits
	key_fits
	source_fits
}
