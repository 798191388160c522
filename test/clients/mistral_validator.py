"""Check with Mistral's own package whether a Mistral server would accept requests, by each version of its rules.

Read a JSON list of bodies of chat completion requests from stdin, and print a JSON list with the problems of each.
"""

import json
import sys

from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import (
    MistralRequestValidatorV3,
    MistralRequestValidatorV5,
    MistralRequestValidatorV11,
    MistralRequestValidatorV13,
    ValidationMode,
)
from mistral_common.tokens.tokenizers.mistral import MistralTokenizer

# The fields that only the HTTP server reads: the package accepts only those that become part of the prompt.
HTTP_FIELDS = {"stream"}

VALIDATORS = [
    MistralRequestValidatorV3,
    MistralRequestValidatorV5,
    MistralRequestValidatorV11,
    MistralRequestValidatorV13,
]

# The tokenizers that the package contains.
TOKENIZERS = {
    "v3": MistralTokenizer.v3(),
    "v3 tekken": MistralTokenizer.v3(is_tekken=True),
    "v7": MistralTokenizer.v7(),
}


def read(body):
    fields = {name: value for name, value in body.items() if name not in HTTP_FIELDS}
    return ChatCompletionRequest.model_validate(fields), ChatCompletionRequest.from_openai(**fields)


def checks_of(body):
    """Yield pairs of a check's name and a function that raises when the check fails."""
    for form in range(2):
        name = ["as it is", "from OpenAI's form"][form]
        yield f"read {name}", lambda: read(body)[form]
        for validator in VALIDATORS:
            yield f"{validator.__name__} {name}", lambda: validator(ValidationMode.serving).validate_request(read(body)[form])
        for version, tokenizer in TOKENIZERS.items():
            yield f"tokenizer {version} {name}", lambda: tokenizer.encode_chat_completion(read(body)[form])


def problems_of(body):
    problems = []
    for name, check in checks_of(body):
        try:
            check()
        except Exception as error:
            problems.append(f"{name}: {type(error).__name__}: {error}")
    return problems


print(json.dumps([problems_of(body) for body in json.load(sys.stdin)]))
