"""Send requests to a model server through the openai package, and print what the package reads from the replies.

Read {"base_url": "http://...", "api_key": "...", "model": "...", "messages": [...], "tools": [...]} from stdin.
"""

import json
import sys

import openai

settings = json.load(sys.stdin)
MODEL = settings["model"]
MESSAGES = settings["messages"]
TOOLS = settings["tools"]
RESPONSES_TOOLS = [{"type": "function", "strict": False, **tool["function"]} for tool in TOOLS]
client = openai.OpenAI(base_url=settings["base_url"], api_key=settings["api_key"], max_retries=0)


def completion_summary(completion):
    [choice] = completion.choices
    calls = choice.message.tool_calls or []
    return {
        "finish": choice.finish_reason,
        "text": choice.message.content,
        "calls": [[call.function.name, json.loads(call.function.arguments)] for call in calls],
        "ids": len({call.id for call in calls if call.id}),
        "usage": completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens,
    }


def chat_streamed():
    with client.chat.completions.stream(
        model=MODEL, messages=MESSAGES, tools=TOOLS, stream_options={"include_usage": True}
    ) as stream:
        events = {event.type for event in stream}
        return {**completion_summary(stream.get_final_completion()), "events": sorted(events - {"chunk"})}


def chat_whole():
    return completion_summary(client.chat.completions.create(model=MODEL, messages=MESSAGES, tools=TOOLS))


def response_summary(response):
    calls = [item for item in response.output if item.type == "function_call"]
    return {
        "status": response.status,
        "text": response.output_text,
        "calls": [[call.name, json.loads(call.arguments)] for call in calls],
        "ids": len({call.call_id for call in calls}),
        "usage": response.usage.total_tokens == response.usage.input_tokens + response.usage.output_tokens,
    }


def responses_streamed():
    with client.responses.stream(model=MODEL, input=MESSAGES, tools=RESPONSES_TOOLS) as stream:
        events = {event.type for event in stream}
        return {**response_summary(stream.get_final_response()), "events": sorted(events)}


def responses_whole():
    return response_summary(client.responses.create(model=MODEL, input=MESSAGES, tools=RESPONSES_TOOLS))


def models():
    page = client.models.list()
    return [{"ids": [model.id for model in page], "known": client.models.retrieve(MODEL).id}]


def error_summary(request):
    try:
        request()
    except openai.APIStatusError as error:
        return {
            "class": type(error).__name__,
            "message": error.body.get("message") if isinstance(error.body, dict) else None,
            "type": error.type,
            "param": error.param,
            "code": error.code,
            "request": bool(error.request_id),
        }
    return None


def errors():
    elsewhere = openai.OpenAI(base_url=settings["base_url"] + "/elsewhere", api_key=settings["api_key"], max_retries=0)
    messages = [{"role": "wizard", "content": "a"}]
    no_cell = [{"role": "assistant", "content": "a"}]
    return {
        "wrong path": error_summary(elsewhere.models.list),
        "unknown model": error_summary(lambda: client.models.retrieve("another")),
        "wrong role": error_summary(lambda: client.responses.create(model=MODEL, input=messages)),
        "no cell": error_summary(lambda: client.chat.completions.create(model=MODEL, messages=no_cell)),
        "no messages": error_summary(lambda: client.chat.completions.create(model=MODEL, messages=[])),
    }


def attempt(request):
    try:
        return request()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


SCENARIOS = [chat_streamed, chat_whole, responses_streamed, responses_whole, models, errors]
print(json.dumps({scenario.__name__: attempt(scenario) for scenario in SCENARIOS}))
