"""What openapi.sh asks: whether a served OpenAPI document is one, and whether the commands of /docs work.

Usage: openapi.py document ADDRESS
       openapi.py commands ADDRESS        with the token of an operator in TOKEN, an overlay's key in KEY
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def examples(document: dict):
    """Every example with its schema and its place."""

    def contents(place: str, holder: dict):
        for media, content in holder.get("content", {}).items():
            if "example" in content:
                yield f"{place} {media}", content["schema"], content["example"]
            for name, example in content.get("examples", {}).items():
                yield f"{place} {media} {name}", content["schema"], example["value"]

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            for parameter in operation.get("parameters", []):
                if "example" in parameter:
                    yield f"{place} {parameter['name']}", parameter["schema"], parameter["example"]
            yield from contents(place, operation.get("requestBody", {}))
            for status, response in operation["responses"].items():
                yield from contents(f"{place} {status}", response)
    for name, response in document["components"]["responses"].items():
        yield from contents(name, response)


def check_document(address: str) -> None:
    from openapi_schema_validator import OAS31Validator, oas31_format_checker
    from openapi_spec_validator import OpenAPIV31SpecValidator

    document = json.loads(get(address + "/openapi.json"))
    OpenAPIV31SpecValidator(document).validate()
    count = 0
    for place, schema, example in examples(document):
        count += 1
        whole = {**schema, "components": document["components"]}
        faults = [error.message for error in OAS31Validator(whole, format_checker=oas31_format_checker).iter_errors(example)]
        assert not faults, f"{place}: {faults}"
    assert count > 60, f"only {count} examples"
    print(f"{count} examples")


def check_commands(address: str) -> None:
    for language in ("en", "zh"):
        page = get(f"{address}/docs?lang={language}").decode()
        commands = [html.unescape(text) for text in re.findall(r'<pre class="curl"><code>(.*?)</code></pre>', page, re.S)]
        assert f"export YUNCANG={address}" in page, "the page does not say where it was found"
        assert len(commands) > 20, f"only {len(commands)} commands"
        # One shell runs them all, as somebody would who copies them one after the other; the status of each answer goes to a
        # file of its own, since what a pipe writes meanwhile would come in between.
        script = """curl() {
            local answer
            answer=$(command curl -w '\\n%{http_code}' "$@")
            printf '%s\\n' "${answer##*$'\\n'}" >>"$STATUSES"
            printf '%s\\n' "${answer%$'\\n'*}"
        }
        """
        script += "".join(f"{command}\necho '== {index}' >>\"$STATUSES\"\n" for index, command in enumerate(commands))
        with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("r") as told:
            run = subprocess.run(
                ["bash", "-c", script], env={**os.environ, "YUNCANG": address, "STATUSES": told.name}, cwd=folder,
                capture_output=True, text=True, timeout=60)
            parts = re.split(r"^== \d+$", told.read(), flags=re.M)[: len(commands)]
        assert len(parts) == len(commands), run.stderr[-2000:]
        for command, words in zip(commands, parts):
            allowed = {"200", "201"}
            if language == "zh":
                # What the English page has made is there already, and its order is over.
                allowed.add("409")
            if "/recipient" in command:
                # The example's order has no recipient: whether recipients are taken is the installation's to say.
                allowed |= {"404", "422"}
            if "/v1/waves" in command or "/v1/manifests" in command:
                # The example's wave is of a source that has no paid orders in the demo base.
                allowed |= {"404", "409", "422"}
            statuses = words.split()
            assert statuses and statuses[-1] in allowed, f"{language}: {command}\n{statuses}\n{run.stdout[-2000:]}"
    print(f"{len(commands)} commands in each language")


if __name__ == "__main__":
    {"document": check_document, "commands": check_commands}[sys.argv[1]](sys.argv[2])
