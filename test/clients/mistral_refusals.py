"""Says which requests Mistral's own package refuses by version 3 of its rules, in the mode for serving.

Reads a list of bodies of chat completion requests and prints true for each that is refused.
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
