/**
 * Arguments that models write otherwise than a tool takes them, and the outputs for them.
 *
 * @module
 */

import { alone, type ArgumentCase, result, shows, stream } from "./argument_case.ts";
import { ERROR_CASES } from "./error_argument_cases.ts";

const HI = stream("hi\nho\n");
const FIVE = result("5");
const CLEAN = '{"text": "hi\\nho\\n"}';

/** A text with everything that is escaped, and with characters of two code units. */
const ODD_TEXT = 'é 😀 "a" it\'s \\n\t{b} [c]\n';

/** Texts of streams. */
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
  shows("no quotes around its key", "stdout", String.raw`{text: "hi\nho\n"}`, HI),
  shows("a comma too many", "stdout", String.raw`{"text": "hi\nho\n",}`, HI),
  shows("blanks around everything", "stdout", ' \n{ "text" :\n"hi\\nho\\n" }\n ', HI),
  shows("other keys", "stdout", '{"type": "stdout", "text": "hi\\nho\\n", "end": "", "data": {"text": "no"}}', HI),
  shows("a brace too many", "stdout", `${CLEAN}}`, HI),
  shows("a bracket too many", "stdout", `${CLEAN}]`, HI),
  shows("a tag behind", "stdout", `${CLEAN}</tool_call>`, HI),
  shows("a stop token behind", "stdout", `${CLEAN}<|im_end|>`, HI),
  alone("a word behind", "stdout", `${CLEAN} done`, HI),
  alone("a fence around", "stdout", `\`\`\`json\n${CLEAN}\n\`\`\``, HI),
  alone("a fence without a language around", "stdout", `\`\`\`\n${CLEAN}\n\`\`\`\n`, HI),
  alone("an empty object before", "stdout", `{}${CLEAN}`, HI),
  alone("an empty object and blanks before", "stdout", `{ }\n ${CLEAN}`, HI),
  shows("the object in a string", "stdout", JSON.stringify(CLEAN), HI),
  shows("the object in a string in a string", "stdout", JSON.stringify(JSON.stringify(CLEAN)), HI),
  shows("Python's dict in a string", "stdout", JSON.stringify(String.raw`{'text': 'it\'s 😀\n'}`), stream("it's 😀\n")),
  shows("an odd text in a string", "stdout", JSON.stringify(JSON.stringify({ text: ODD_TEXT })), stream(ODD_TEXT)),
  alone("the object in a string that is not closed", "stdout", JSON.stringify(CLEAN).slice(0, -1), HI),
  shows("the text alone", "stdout", '"hi\\nho\\n"', HI),
  shows("the object in a list", "stdout", `[${CLEAN}]`, HI),
  shows("the object as arguments", "stdout", `{"arguments": ${CLEAN}}`, HI),
  shows("the object as parameters", "stdout", `{"parameters": ${CLEAN}}`, HI),
  shows("the object as arguments in a string", "stdout", `{"arguments": ${JSON.stringify(CLEAN)}}`, HI),
  shows("the whole call", "stdout", `{"name": "stdout", "arguments": ${CLEAN}}`, HI),
  shows("the object in two wrappings", "stdout", `{"parameters": {"arguments": ${CLEAN}}}`, HI),
  shows("the object alone in a list as arguments", "stdout", `{"arguments": [${CLEAN}]}`, HI),
  shows("the object under the tool's name", "stdout", `{"stdout": ${CLEAN}}`, HI),
  shows("a number", "stdout", '{"text": 5}', stream("5\n")),
  shows("a fraction", "stdout", '{"text": 5.0}', stream("5.0\n")),
  shows("a number with more digits than JavaScript has", "stdout", '{"text": 15511210043330985984000000}', {
    ...stream("15511210043330985984000000\n"),
  }),
  shows("a truth value", "stdout", '{"text": True}', stream("True\n")),
  shows("lines with their ends", "stdout", '{"text": ["hi\\n", "ho\\n"]}', HI),
  shows("lines without their ends", "stdout", '{"text": ["hi", "ho"]}', HI),
  shows("a tuple of lines", "stdout", "{'text': ('hi', 'ho',)}", HI),
  shows("a list of lines alone", "stdout", '["hi", "ho"]', HI),
  shows("the key content", "stdout", '{"content": "hi\\nho\\n"}', HI),
  shows("the key output", "stderr", '{"output": "hi\\nho\\n"}', stream("hi\nho\n", "stderr")),
  shows("the key Value", "stdout", '{"Value": "hi\\nho\\n"}', HI),
  shows("the key lines", "stdout", '{"lines": ["hi", "ho"]}', HI),
  alone("quotes that are not escaped", "stdout", '{"text": "say "hi" now\\n"}', stream('say "hi" now\n')),
  alone("a colon that is missing", "stdout", '{"text" "hi\\nho\\n"}', HI),
  alone("a comment", "stdout", '{"text": "hi\\nho\\n" // two lines\n}', HI),
];

/** Bundles. */
export const BUNDLE_CASES: readonly ArgumentCase[] = [
  shows("nothing unusual", "execute_result", '{"data": {"text/plain": "5"}, "metadata": {}}', FIVE),
  shows("a number as text", "execute_result", '{"data": {"text/plain": 5}}', FIVE),
  shows("a fraction as text", "execute_result", '{"data": {"text/plain": 5.0}}', result("5.0")),
  shows("a truth value as text", "execute_result", "{'data': {'text/plain': True}}", result("True")),
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
  shows("its types without data", "execute_result", '{"text/plain": "5"}', FIVE),
  shows(
    "its types and metadata without data",
    "display",
    '{"text/html": "<b>", "text/plain": "b", "metadata": {"a": 1}}',
    {
      type: "display_data",
      data: { "text/html": "<b>", "text/plain": "b" },
      metadata: { a: 1 },
    },
  ),
  shows("its types beside null as data", "execute_result", '{"data": null, "text/plain": "5"}', FIVE),
  shows("data in a string", "execute_result", JSON.stringify({ data: '{"text/plain": "5"}' }), FIVE),
  shows("data as Python in a string", "execute_result", JSON.stringify({ data: "{'text/plain': '5'}" }), FIVE),
  shows("data as text", "execute_result", '{"data": "5"}', FIVE),
  shows("data as text that looks like a list", "execute_result", '{"data": "[1, 2]"}', result("[1, 2]")),
  shows("data as a number", "execute_result", '{"data": 5.0}', result("5.0")),
  shows("the key value", "execute_result", '{"value": "5"}', FIVE),
  shows("the key text", "execute_result", '{"text": "5"}', FIVE),
  shows("the text alone", "execute_result", '"5"', FIVE),
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
  alone("a fence around", "execute_result", '```json\n{"data": {"text/plain": "5"}}\n```', FIVE),
  alone("quotes that are not escaped", "display", '{"data": {"text/html": "<p id="a">", "text/plain": "p"}}', {
    type: "display_data",
    data: { "text/html": '<p id="a">', "text/plain": "p" },
  }),
];

/** The names under which models call a tool. */
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

/** All of them. */
export const ARGUMENT_CASES: readonly ArgumentCase[] = [...TEXT_CASES, ...BUNDLE_CASES, ...ERROR_CASES, ...NAME_CASES];
