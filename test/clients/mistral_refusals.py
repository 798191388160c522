"""Check which requests Mistral's own package refuses by version 3 of its rules, in its serving mode.

Read a JSON list of bodies of chat completion requests from stdin, and print a JSON list with true for each refused one.
"""

import json
import sys

from mistral_common.exceptions import MistralCommonException
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import MistralRequestValidatorV3, ValidationMode

VALIDATOR = MistralRequestValidatorV3(ValidationMode.serving)


def is_refused(body):
    request = ChatCompletionRequest.model_validate({name: value for name, value in body.items() if name != "stream"})
    try:
        VALIDATOR.validate_request(request)
    except MistralCommonException:
        return True
    return False


print(json.dumps([is_refused(body) for body in json.load(sys.stdin)]))
