/**
 * Arguments in forms that differ from a tool's parameters, and the outputs for them.
 *
 * @module
 */

import { alone, type ArgumentCase, result, shows, stream } from "./argument_case.ts";
import { ERROR_CASES } from "./error_argument_cases.ts";

const HI = stream("hi\nho\n");
const FIVE = result("5");
const CLEAN = '{"text": "hi\\nho\\n"}';

/** A text with all characters that are escaped, and with characters of two code units. */
const ODD_TEXT = 'é 😀 "a" it\'s \\n\t{b} [c]\n';

/** Arguments of `stdout`. */
export const TEXT_CASES: readonly ArgumentCase[] = [
  shows("nothing unusual", "stdout", JSON.stringify({ text: ODD_TEXT }), stream(ODD_TEXT)),
  shows("line breaks", "stdout", '{"text": "hi\nho\n"}', HI),
  shows("a tab and a carriage return", "stdout", '{"text": "a\tb\r\n"}', stream("a\tb\r\n")),
  shows("an escaped apostrophe", "stdout", String.raw`{"text": "it\'s\n"}`, stream("it's\n")),
  shows("escapes that JSON does not know", "stdout", String.raw`{"text": "\d \x41 \033[1m \u12g \777x"}`, {
    ...stream("\\d A \x1b[1m \\u12g \u01ffx"),
  }),
  shows("surrogate pairs as escapes", "stdout", String.raw`{"text": "\ud83d\ude00 \U0001F600"}`, stream("😀 😀")),
  shows("Python's quotes", "stdout", String.raw`{'text': 'hi\nho\n'}`, HI),
  shows("Python's triple quotes", "stdout", `{"text": """hi "there"\n"""}`, stream('hi "there"\n')),
  shows("a key without quotes", "stdout", String.raw`{text: "hi\nho\n"}`, HI),
  shows("a trailing comma", "stdout", String.raw`{"text": "hi\nho\n",}`, HI),
  shows("white space around everything", "stdout", ' \n{ "text" :\n"hi\\nho\\n" }\n ', HI),
  shows("other keys", "stdout", '{"type": "stdout", "text": "hi\\nho\\n", "end": "", "data": {"text": "no"}}', HI),
  shows("an extra brace", "stdout", `${CLEAN}}`, HI),
  shows("an extra bracket", "stdout", `${CLEAN}]`, HI),
  shows("a tag at the end", "stdout", `${CLEAN}</tool_call>`, HI),
  shows("a stop token at the end", "stdout", `${CLEAN}<|im_end|>`, HI),
  alone("a word at the end", "stdout", `${CLEAN} done`, HI),
  alone("a fence around the object", "stdout", `\`\`\`json\n${CLEAN}\n\`\`\``, HI),
  alone("a fence without a language around the object", "stdout", `\`\`\`\n${CLEAN}\n\`\`\`\n`, HI),
  alone("an empty object at the beginning", "stdout", `{}${CLEAN}`, HI),
  alone("an empty object and white space at the beginning", "stdout", `{ }\n ${CLEAN}`, HI),
  shows("the object in a string", "stdout", JSON.stringify(CLEAN), HI),
  shows("the object in a string within a string", "stdout", JSON.stringify(JSON.stringify(CLEAN)), HI),
  shows("a Python dict in a string", "stdout", JSON.stringify(String.raw`{'text': 'it\'s 😀\n'}`), stream("it's 😀\n")),
  shows("an unusual text in a string", "stdout", JSON.stringify(JSON.stringify({ text: ODD_TEXT })), stream(ODD_TEXT)),
  alone("the object in a string that is not closed", "stdout", JSON.stringify(CLEAN).slice(0, -1), HI),
  shows("only the text", "stdout", '"hi\\nho\\n"', HI),
  shows("the object in a list", "stdout", `[${CLEAN}]`, HI),
  shows("the object as arguments", "stdout", `{"arguments": ${CLEAN}}`, HI),
  shows("the object as parameters", "stdout", `{"parameters": ${CLEAN}}`, HI),
  shows("the object as arguments in a string", "stdout", `{"arguments": ${JSON.stringify(CLEAN)}}`, HI),
  shows("the whole call", "stdout", `{"name": "stdout", "arguments": ${CLEAN}}`, HI),
  shows("the object in two wrappings", "stdout", `{"parameters": {"arguments": ${CLEAN}}}`, HI),
  shows("a list with only the object as arguments", "stdout", `{"arguments": [${CLEAN}]}`, HI),
  shows("the object under the tool's name", "stdout", `{"stdout": ${CLEAN}}`, HI),
  shows("a number", "stdout", '{"text": 5}', stream("5\n")),
  shows("a fraction", "stdout", '{"text": 5.0}', stream("5.0\n")),
  shows("a number with more digits than JavaScript has", "stdout", '{"text": 15511210043330985984000000}', {
    ...stream("15511210043330985984000000\n"),
  }),
  shows("a Boolean", "stdout", '{"text": True}', stream("True\n")),
  shows("a list of lines with line ends", "stdout", '{"text": ["hi\\n", "ho\\n"]}', HI),
  shows("a list of lines without line ends", "stdout", '{"text": ["hi", "ho"]}', HI),
  shows("a tuple of lines", "stdout", "{'text': ('hi', 'ho',)}", HI),
  shows("only a list of lines", "stdout", '["hi", "ho"]', HI),
  shows("the key content", "stdout", '{"content": "hi\\nho\\n"}', HI),
  shows("the key output", "stderr", '{"output": "hi\\nho\\n"}', stream("hi\nho\n", "stderr")),
  shows("the key Value", "stdout", '{"Value": "hi\\nho\\n"}', HI),
  shows("the key lines", "stdout", '{"lines": ["hi", "ho"]}', HI),
  alone("unescaped quotes", "stdout", '{"text": "say "hi" now\\n"}', stream('say "hi" now\n')),
  alone("a missing colon", "stdout", '{"text" "hi\\nho\\n"}', HI),
  alone("a comment", "stdout", '{"text": "hi\\nho\\n" // two lines\n}', HI),
];

/** Arguments with MIME bundles. */
export const BUNDLE_CASES: readonly ArgumentCase[] = [
  shows("nothing unusual", "execute_result", '{"data": {"text/plain": "5"}, "metadata": {}}', FIVE),
  shows("a number as text", "execute_result", '{"data": {"text/plain": 5}}', FIVE),
  shows("a fraction as text", "execute_result", '{"data": {"text/plain": 5.0}}', result("5.0")),
  shows("a Boolean as text", "execute_result", "{'data': {'text/plain': True}}", result("True")),
  shows("None as text", "display", "{'data': {'text/plain': None}}", {
    type: "display_data",
    data: { "text/plain": "None" },
  }),
  shows("a list as text", "execute_result", '{"data": {"text/plain": [1, 2.0, "a"]}}', result("[1, 2.0, 'a']")),
  shows("a dict as text", "execute_result", "{'data': {'text/plain': {'a': None}}}", result("{'a': None}")),
  shows(
    "JSON as Python in a string",
    "display",
    JSON.stringify({ data: { "application/json": "{'a': True}", "text/plain": "b" } }),
    {
      type: "display_data",
      data: { "application/json": { a: true }, "text/plain": "b" },
    },
  ),
  shows("types without data", "execute_result", '{"text/plain": "5"}', FIVE),
  shows(
    "types and metadata without data",
    "display",
    '{"text/html": "<b>", "text/plain": "b", "metadata": {"a": 1}}',
    {
      type: "display_data",
      data: { "text/html": "<b>", "text/plain": "b" },
      metadata: { a: 1 },
    },
  ),
  shows("types next to null as data", "execute_result", '{"data": null, "text/plain": "5"}', FIVE),
  shows("data in a string", "execute_result", JSON.stringify({ data: '{"text/plain": "5"}' }), FIVE),
  shows("data as Python in a string", "execute_result", JSON.stringify({ data: "{'text/plain': '5'}" }), FIVE),
  shows("data as text", "execute_result", '{"data": "5"}', FIVE),
  shows("data as text that looks like a list", "execute_result", '{"data": "[1, 2]"}', result("[1, 2]")),
  shows("data as a number", "execute_result", '{"data": 5.0}', result("5.0")),
  shows("the key value", "execute_result", '{"value": "5"}', FIVE),
  shows("the key text", "execute_result", '{"text": "5"}', FIVE),
  shows("only the text", "execute_result", '"5"', FIVE),
  shows("the object in a string", "execute_result", JSON.stringify('{"data": {"text/plain": "5"}}'), FIVE),
  shows("the types in a string", "execute_result", JSON.stringify('{"text/plain": "5"}'), FIVE),
  shows("the object as arguments", "execute_result", '{"arguments": {"data": {"text/plain": "5"}}}', FIVE),
  shows("line breaks", "display", '{"data": {"text/html": "<b>\n</b>", "text/plain": "b"}}', {
    type: "display_data",
    data: { "text/html": "<b>\n</b>", "text/plain": "b" },
  }),
  shows("metadata in a string", "display", JSON.stringify({ data: { "text/plain": "b" }, metadata: '{"a": 1}' }), {
    type: "display_data",
    data: { "text/plain": "b" },
    metadata: { a: 1 },
  }),
  alone("a fence around the object", "execute_result", '```json\n{"data": {"text/plain": "5"}}\n```', FIVE),
  alone("unescaped quotes", "display", '{"data": {"text/html": "<p id="a">", "text/plain": "p"}}', {
    type: "display_data",
    data: { "text/html": '<p id="a">', "text/plain": "p" },
  }),
];

/** Unusual names of tools. */
export const NAME_CASES: readonly ArgumentCase[] = [
  ...[
    "functions.stdout",
    "default_api:stdout",
    "Stdout",
    "STDOUT",
    "stdout ",
    " stdout\n",
    "stdout<|channel|>commentary",
  ],
  ...["functions.stdout <|constrain|>json", "stdout:0", "`stdout`"],
].map((name) => shows(`the name ${JSON.stringify(name)}`, name, CLEAN, HI));

export const ARGUMENT_CASES: readonly ArgumentCase[] = [...TEXT_CASES, ...BUNDLE_CASES, ...ERROR_CASES, ...NAME_CASES];
