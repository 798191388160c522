import assert from "node:assert/strict";
import fc from "fast-check";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import { prettyTraceback } from "../../src/execution/traceback/traceback.ts";
import { analyseCell } from "../../src/python/analyse_cell.ts";
import { fuzzing } from "./fuzzing.ts";

/** Text that resembles Python or IPython's syntax, or any text. */
const code = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(
    fc.constantFrom(
      "def f(x):\n",
      "    ",
      "return x\n",
      "x = 1\n",
      "%time ",
      "%%bash\n",
      "!ls",
      "?",
      "(",
      "]",
      '"""',
      "'",
      "\\\n",
      "#",
      "await ",
      "\t",
      ";",
      "if x:\n",
    ),
    { maxLength: 12 },
  ).map((parts) => parts.join("")),
);

Deno.test("analyseCell() accepts any text", () => {
  fc.assert(fc.property(code, (text) => assert.equal(typeof analyseCell(text).isEmpty, "boolean")), fuzzing(2_000));
});

Deno.test("prettyTraceback() accepts any traceback, and a second call changes nothing", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.array(fc.string({ unit: "binary" })),
      code,
      (ename, evalue, traceback, text) => {
        const exception = { ename, evalue, executionCount: 3, code: text };
        const shown = prettyTraceback({ ...exception, traceback });
        assert.deepEqual(prettyTraceback({ ...exception, traceback: shown }), shown);
      },
    ),
    fuzzing(1_000, [["", "", ["\0\r"], ""]]),
  );
});

Deno.test("the conversation of any notebook starts with the system prompt and ends with the current cell", () => {
  const output = fc.oneof(
    fc.record({
      type: fc.constant("stream" as const),
      name: fc.constantFrom("stdout" as const, "stderr" as const),
      text: fc.string(),
    }),
    fc.record({
      type: fc.constant("execute_result" as const),
      data: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<JsonValue>),
    }),
    fc.record({
      type: fc.constant("error" as const),
      ename: fc.string(),
      evalue: fc.string(),
      traceback: fc.array(fc.string()),
    }),
  );
  const entry = fc.record({ executionCount: fc.nat(), code, outputs: fc.array(output, { maxLength: 4 }) });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 30 }),
      fc.nat(25),
      fc.boolean(),
      (history, maxHistoryLength, includeOutputs) => {
        const messages = buildConversation({ history, code: "1", executionCount: 9, maxHistoryLength, includeOutputs });
        assert.deepEqual([messages[0].role, messages.at(-1)!.role], ["system", "user"]);
        const called = messages.flatMap((message) => message.role === "assistant" ? message.toolCalls ?? [] : []);
        const answered = messages.filter(({ role }) => role === "tool");
        assert.equal(called.length, answered.length);
        for (const call of called) assert.doesNotThrow(() => JSON.parse(call.arguments));
      },
    ),
    fuzzing(300),
  );
});
