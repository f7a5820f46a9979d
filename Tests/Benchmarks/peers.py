"""Other tools that can do some of the work, where they are installed."""

import json
import pathlib
import shutil
import subprocess
import sysconfig

# What each is measured at: ruff lints as many tiny files of its own, the others judge by a policy of the same rules.
NAMES = ["ruff", "jq", "opa", "check-jsonschema"]


def find(name):
    """The executable itself: a version manager's wrapper would be measured instead."""
    beside = pathlib.Path(sysconfig.get_path("scripts")) / name
    return str(beside) if beside.exists() else shutil.which(name)


class Peers:
    def __init__(self, policies):
        self.policies = policies
        self.found = {name: path for name in NAMES if (path := find(name))}
        self.missing = {name: "not installed" for name in NAMES if name not in self.found}

    def _commands(self):
        """How each that judges requests is called, but for the requests."""
        commands = {}
        if jq := self.found.get("jq"):
            commands["jq"] = [jq, "-f", self.policies / "policy.jq"]
        if opa := self.found.get("opa"):
            commands["opa"] = [opa, "exec", "--decision", "policy/allow", "--bundle", self.policies]
        if schema := self.found.get("check-jsonschema"):
            commands["check-jsonschema"] = [schema, "--schemafile", self.policies / "request.schema.json"]
        return commands

    def one_file(self, request, python):
        ruff = (
            {"ruff, a tiny file": [self.found["ruff"], "check", "--isolated", "--no-cache", python]}
            if "ruff" in self.found
            else {}
        )
        return ruff | {name: [*command, request] for name, command in self._commands().items()}

    def files(self, requests, python):
        ruff = (
            {"ruff, tiny files": [self.found["ruff"], "check", "--isolated", "--no-cache", python]}
            if "ruff" in self.found
            else {}
        )
        return ruff | {name: [*command, *requests] for name, command in self._commands().items()}

    def stream(self):
        return {name: command for name, command in self._commands().items() if name == "jq"}

    def verify(self, requests, expected, folder):
        """jq and OPA must say of each of the first requests whether the policy oracle finds anything; one that does not
        is left out, and said to be. The schema cannot have every rule, and is measured at the others."""
        with requests.open("rb") as stream, expected.open() as findings:
            lines = [line for _, line in zip(range(1_000), stream)]
            wanted = [not json.loads(line) for _, line in zip(lines, findings)]
        folder = folder / "verified"
        folder.mkdir()
        paths = [folder / f"{number:05}.json" for number in range(len(lines))]
        for path, line in zip(paths, lines):
            path.write_bytes(line)
        for name, command in self._commands().items():
            said = {"jq": self._said_by_jq, "opa": self._said_by_opa}.get(name, lambda *_: wanted)(command, paths)
            if said != wanted:
                del self.found[name]
                self.missing[name] = "other answers"

    @staticmethod
    def _run(command, paths):
        return subprocess.run([*command, *paths], capture_output=True, check=False).stdout.decode()

    def _said_by_jq(self, command, paths):
        return [line == "true" for line in self._run(command, paths).split()]

    def _said_by_opa(self, command, paths):
        try:
            results = json.loads(self._run(command, paths))["result"]
        except (ValueError, KeyError):
            return None
        allowed = {result["path"]: result.get("result") is True for result in results}
        return [allowed.get(str(path)) for path in paths]
