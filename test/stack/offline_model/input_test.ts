/**
 * Cells of the offline model that ask for input, run through the agent's core.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError } from "../../../src/errors.ts";
import type { InputRequest } from "../../../src/execution/execution_context.ts";
import { formatCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import { toolsOf } from "../../../src/execution/reply/tools.ts";
import type { ToolMode } from "../../../src/execution/reply/tool_mode.ts";
import type { OpenAIModelOptions } from "../../../src/model/openai_model.ts";
import { InteractiveShell, type InteractiveShellOptions } from "../../../src/shell/interactive_shell.ts";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { assistant, calling, type Json, tool, user } from "../strict_model/requests.ts";
import { ask, result } from "./support.ts";

const signal = new AbortController().signal;

/** A person's reaction to a request for input: a text, an error such as the end of the input, or a function that returns a text. */
type Deed = string | Error | (() => Promise<string>);

/** A notebook, and the requests for input that its cells have made. */
class Session {
  readonly key = crypto.randomUUID();
  readonly asked: InputRequest[] = [];
  readonly shell: InteractiveShell;

  constructor(
    model: OfflineModel,
    options: Partial<InteractiveShellOptions> = {},
    modelOptions: Partial<OpenAIModelOptions> = {},
  ) {
    this.shell = new InteractiveShell({
      model: openAIModel({ baseUrl: model.url }, { apiKey: model.apiKey, model: model.name, ...modelOptions }),
      cacheKey: this.key,
      hasInput: true,
      ...options,
    });
  }

  /** Runs a cell and returns its outputs: texts as they are, values as `Out: ...`, exceptions as `ename: evalue`. */
  async run(code: string, ...deeds: Deed[]): Promise<string[]> {
    const { outputs } = await this.shell.runCell(code, {
      signal,
      onInput: async (request) => {
        this.asked.push(request);
        const deed = deeds.shift();
        if (deed === undefined) throw new Error(`nobody expected ${JSON.stringify(request)}`);
        if (typeof deed === "string") return deed;
        return deed instanceof Error ? await Promise.reject(deed) : await deed();
      },
    });
    return outputs.map((output) => {
      if (output.type === "stream") return output.text;
      return output.type === "error" ? `${output.ename}: ${output.evalue}` : `Out: ${output.data["text/plain"]}`;
    });
  }
}

const LOOP = "for i in range(2):\n    print('Hi')\n    print(input(f'{i}? ') * 2)";

const FORMS: [string, ToolMode, Partial<OpenAIModelOptions>][] = [
  ["chat", "auto", {}],
  ["chat", "sequential", {}],
  ["chat", "text", {}],
  ["responses", "auto", { api: "responses" }],
  ["responses", "text", { api: "responses" }],
];

Deno.test("a cell of the offline model asks for input and continues with the typed text", async (t) => {
  await using model = await startOfflineModel();

  for (const [api, toolMode, modelOptions] of FORMS) {
    await t.step(`input() returns the typed text with the API ${api} and the tool mode ${toolMode}`, async () => {
      const session = new Session(model, { toolMode }, modelOptions);
      assert.deepEqual(await session.run("name = input('name? ')", "Ada"), []);
      assert.deepEqual(session.asked, [{ prompt: "name? ", isPassword: false }]);
      assert.deepEqual(await session.run("name"), ["Out: 'Ada'"]);
      assert.deepEqual(await session.run(LOOP, "a", "b"), ["Hi\n", "aa\nHi\n", "bb\n"]);
      assert.deepEqual(await session.run("x = input(); x", ""), ["Out: ''"]);
    });
  }

  await t.step("getpass() in a function returns the typed text, also with an object as the prompt", async () => {
    const session = new Session(model);
    const code = "import getpass\ndef f():\n    return getpass.getpass() + getpass.getpass(5) + input(None)\nf()";
    assert.deepEqual(await session.run(code, "a", "b", "c"), ["Out: 'abc'"]);
    assert.deepEqual(session.asked.map(({ prompt, isPassword }) => [prompt, isPassword]), [
      ["Password: ", true],
      ["5", true],
      ["None", false],
    ]);
  });

  await t.step("input() accepts special characters and very long lines", async () => {
    const session = new Session(model);
    const line = `"'\\\t{"typed":"x"} In [3]: 世界 😀 ${"long ".repeat(50_000)}`;
    assert.deepEqual(await session.run("line = input()\nlen(line), line[:7]", line), [
      `Out: (${[...line].length}, '"\\'\\\\\\t{"t')`,
    ]);
  });

  await t.step("the end of the input raises EOFError at the call of input()", async () => {
    const session = new Session(model);
    const end = () => new EndOfInputError();
    assert.deepEqual(await session.run("input('? ')", end()), ["EOFError: EOF when reading a line"]);
    const caught = "try:\n    input()\nexcept EOFError as error:\n    print('caught', error)";
    assert.deepEqual(await session.run(caught, end()), ["caught EOF when reading a line\n"]);
    assert.deepEqual(await session.run("import getpass; getpass.getpass()", end()), ["EOFError: "]);
  });

  await t.step("StdinNotImplementedError is raised, and can be caught, when there is nobody to ask", async () => {
    const caught = "def f():\n    try:\n        return input('? ')\n    except Exception as error:\n" +
      "        return type(error).__name__\nf()";
    for (const hasInput of [true, false]) {
      const session = new Session(model, { hasInput });
      const { outputs } = await session.shell.runCell(caught, { signal });
      assert.deepEqual(outputs.map((output) => output.type === "execute_result" && output.data["text/plain"]), [
        "'StdinNotImplementedError'",
      ]);
      const refused = await session.shell.runCell("input('? ')", { signal });
      const [error] = refused.outputs;
      assert.ok(error.type === "error");
      assert.equal(error.evalue, "raw_input was called, but this frontend does not support input requests.");
      assert.match(error.traceback.join("\n"), /Kernel\.raw_input/);
    }
  });

  await t.step(
    "a cell that is interrupted while it asks ends there, and the next cell finds its state",
    async () => {
      const session = new Session(model);
      const interruption = new AbortController();
      const code =
        "import atexit\nlog = []\ntry:\n    log.append('asked')\n    input()\nfinally:\n    log.append('ended')";
      const { status } = await session.shell.runCell(code, {
        signal: interruption.signal,
        onInput: () => {
          interruption.abort(new Error("interrupted"));
          return new Promise(() => {});
        },
      });
      assert.equal(status, "interrupted");
      assert.deepEqual(await session.run("log"), ["Out: ['asked', 'ended']"]);
    },
  );

  await t.step("a cell that asks again after an interruption does not block the next cell", async () => {
    const session = new Session(model);
    const interruption = new AbortController();
    const code = "while True:\n    try:\n        input()\n    except KeyboardInterrupt:\n        pass";
    await session.shell.runCell(code, {
      signal: interruption.signal,
      onInput: () => {
        interruption.abort(new Error("interrupted"));
        return new Promise(() => {});
      },
    });
    assert.equal((await session.run("1 + 1")).at(-1), "Out: 2");
  });

  await t.step("an answer that is sent again runs the cell again from the state before it", async () => {
    const key = crypto.randomUUID();
    const withInput = toolsOf(true).map((tool) => ({ type: "function", function: tool }));
    const question = [
      user(formatCellTurn({ executionCount: 1, code: "n = 0" })),
      assistant("(no output)"),
      user(formatCellTurn({ executionCount: 2, code: "n += 1\nprint('counted')\ninput('? ')\nn" })),
    ];
    const answered = [
      ...question,
      { ...calling("a"), tool_calls: [{ id: "a", type: "function", function: { name: "input", arguments: "{}" } }] },
      { ...tool("a"), content: '{"typed":"x"}' },
    ];
    const answersTo = (messages: Json[]) => ask(model, [], { key, fields: { messages, tools: withInput } });
    assert.deepEqual((await answersTo(question)).map(({ name }) => name), ["stdout", "input"]);
    for (let times = 0; times < 2; times++) {
      const calls = await answersTo(answered);
      assert.deepEqual(calls.filter(({ name }) => name !== "stderr"), [result("1")]);
    }
  });

  await t.step(
    "a cell whose Python ended while it asked runs again with the earlier answers",
    async () => {
      const session = new Session(model);
      await session.run("start = input('0? ')", "s");
      const kill = async () => {
        await model.endNotebook(session.key);
        return "b";
      };
      const code = "import time\nprint('Hi')\na = input('1? ')\nprint('a', a)\nb = input('2? ')\nprint(start, a, b)";
      const outputs = await session.run(code, "a", kill);
      assert.deepEqual(session.asked.map(({ prompt }) => prompt), ["0? ", "1? ", "2? "]);
      assert.deepEqual(outputs.filter((text) => !text.startsWith("The offline model's Python was restarted")), [
        ...["Hi\n", "a a\n", "s a b\n"],
      ]);
      await model.endNotebook(session.key);
      assert.equal(
        (await session.run("start + a + b")).at(-1),
        "Out: 'sab'",
        "the answers are replayed for later cells, too",
      );
    },
  );
});

Deno.test("a forgetful and strict offline model knows typed text only from the conversation", async (t) => {
  for (const strict of ["openai", "llama", "mistral", "gemma"] as const) {
    await t.step(`a model as strict as ${strict} knows the typed text in later cells`, async () => {
      await using model = await startOfflineModel({ forgetful: true, strict });
      // Llama's models make one call in each reply.
      const session = new Session(model, { toolMode: strict === "llama" ? "sequential" : "auto" });
      assert.deepEqual(await session.run("name = input('name? ')", "Ada"), []);
      assert.deepEqual(await session.run(LOOP, "a", "b"), ["Hi\n", "aa\nHi\n", "bb\n"]);
      await model.endNotebook(session.key);
      assert.equal((await session.run("name")).at(-1), "Out: 'Ada'");
      const kill = async () => {
        await model.endNotebook(session.key);
        return "y";
      };
      assert.equal((await session.run("x, y = input(), input()\nprint(name, x, y)", "x", kill)).at(-1), "Ada x y\n");
    });
  }
});
