/**
 * Prose is not taken for calls, whatever code it quotes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cutAtEveryByte, cutEvery, readPieces } from "../../support/text_calls.ts";

const CALL = '{"name": "stdout", "arguments": {"text": "hi\\n"}}';

for (
  const prose of [
    "The output is:\n```\nhi\n5\n```",
    'print("hi")\n2+3\n',
    '```python\nprint("hi")\n```',
    "```python\nimport sys\nsys.stdout.write('hi')\n```\nIt prints hi.",
    'display("hi")',
    'display({"text/plain": "hi"}, raw=True)',
    'stdout("hi")',
    'error("bad", code=1)',
    'x = stdout(text="hi")',
    'stdout(text="hi") + 1',
    'stdout(text=f"{x}")',
    'stdout(text="a" + b)',
    'stdout(text="hi", end="")',
    'stdout(text="hi"); x = 1',
    'Call stdout(text="hi\\n").',
    'print("a")\nstdout(text="hi\\n")',
    `I would write ${CALL}.`,
    `Sure:\n\`\`\`json\n${CALL}\n\`\`\``,
    `You write \`<tool_call>${CALL}</tool_call>\`.`,
    `s = '<tool_call>${CALL}</tool_call>'`,
    `Look:\n\`\`\`python\n# <tool_call>${CALL}</tool_call>\n\`\`\`\nThat is all.`,
    "A call begins with <tool_call> and holds a JSON object.",
    'A call of <function=name> has {"text": "a"}.',
    "Use [TOOL_CALLS] and <|python_tag|> and <|channel|> with care.",
    '<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>',
    '<tool_call>{"name": "stdout"}</tool_call>',
    '<tool_call>{"arguments": {"text": "hi"}}</tool_call>',
    "<function=get_weather><parameter=city>Paris</parameter></function>",
    "<|channel|>commentary to=browser.search<|message|>{}<|call|>",
    '{"a": 1, "b": [2, 3]}',
    '{"name": "stdout", "arguments": null}',
    '{"name": "print", "arguments": {"value": 1}}',
    '[1, 2, {"name": "x"}]',
    "[stdout, stderr]",
    "stdout",
    "}];",
    `First \`\`\`\n\`\`\`python\n# <tool_call>${CALL}</tool_call>\n\`\`\``,
    "<div><b>hi</b></div>",
    "<think>It prints hi and never ends",
    "a < b and a[0] > `c`",
    "functools[0] is no list",
    "functools.reduce() folds",
    '<function name="get_weather"><param name="city"><![CDATA[Paris]]></param></function>',
    "(no output)<|im_end|>",
  ]
) {
  Deno.test(`${JSON.stringify(prose)} is prose, and nothing of it is lost`, () => {
    for (const pieces of [...cutAtEveryByte(prose), cutEvery(prose, 1)]) {
      assert.deepEqual(readPieces(pieces), { calls: [], text: prose });
    }
  });
}

for (const nothing of ["", " \n\n", "<think>\n</think>\n", "Nothing is printed.</think>", "<|im_end|>", "```\n```"]) {
  Deno.test(`${JSON.stringify(nothing)} is neither calls nor prose`, () => {
    for (const pieces of cutAtEveryByte(nothing)) assert.deepEqual(readPieces(pieces), { calls: [], text: "" });
  });
}
