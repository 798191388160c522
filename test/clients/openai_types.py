"""Validate requests and responses against the types of the openai package, which the package itself does not do.

Read [{"type": "chat request", "value": {...}}, ...] from stdin, and print a JSON list with the problems of each value.
"""

import json
import sys

import pydantic
from openai.types import Model
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming, CompletionCreateParamsStreaming
from openai.types.responses import Response, ResponseStreamEvent
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming, ResponseCreateParamsStreaming
from typing_extensions import is_typeddict

# By default, pydantic ignores the unknown keys of a TypedDict.
for module in [module for name, module in sys.modules.items() if name.startswith("openai.types")]:
    for member in list(vars(module).values()):
        if is_typeddict(member):
            member.__pydantic_config__ = pydantic.ConfigDict(extra="forbid")

ADAPTERS = {
    "model": pydantic.TypeAdapter(Model),
    "chat request": pydantic.TypeAdapter(CompletionCreateParamsStreaming | CompletionCreateParamsNonStreaming),
    "chat chunk": pydantic.TypeAdapter(ChatCompletionChunk),
    "chat answer": pydantic.TypeAdapter(ChatCompletion),
    "responses request": pydantic.TypeAdapter(ResponseCreateParamsStreaming | ResponseCreateParamsNonStreaming),
    "responses event": pydantic.TypeAdapter(ResponseStreamEvent),
    "responses answer": pydantic.TypeAdapter(Response),
}


def unknown_fields(value, path=""):
    """Yield the fields that a pydantic model does not define.

    Also iterates over every value: pydantic validates an iterable's items only when they are read.
    """
    if isinstance(value, pydantic.BaseModel):
        yield from (f"{path}.{name}: unknown field" for name in value.model_extra or {})
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        for name, item in value.items():
            yield from unknown_fields(item, f"{path}.{name}")
    elif hasattr(value, "__iter__") and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from unknown_fields(item, f"{path}[{index}]")


def problems_of(type, value):
    try:
        return list(unknown_fields(ADAPTERS[type].validate_python(value)))
    except pydantic.ValidationError as error:
        return [f"{'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors()]


print(json.dumps([problems_of(**item) for item in json.load(sys.stdin)]))
