import assert from "node:assert/strict";
import { checkAsText } from "../cli/check/check_process.ts";
import { runToEnd } from "../cli/command_process.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "../cli/run/run_process.ts";
import { answer, display, error, result, stderr, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { startEcho } from "./echo_servers.ts";

/** Texts that attack a terminal. Each name completes a title. */
const hostile = {
  "clipboard access (OSC 52)": "\x1b]52;c;cm0gLXJmIH4=\x07",
  "a window title (OSC 0)": "\x1b]0;owned\x1b\\",
  "a hyperlink (OSC 8)": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
  "queries that the terminal would answer (DA, DSR, DECRQSS)": "\x1b[c\x1b[6n\x1bP$qm\x1b\\",
  "a device control string": "\x1bP+q544e\x1b\\",
  "an unterminated device control string": "\x1bPforever\n",
  "8-bit controls (C1)": "\x9b2J\x9d52;c;AAAA\x9c\x90q\x9c\x85\x84",
  "cursor and screen commands": "\x1b[2J\x1b[H\x1b[10A\x1b[1;1H\x1b[?1049h\x1b7\x1b8\x1bc\x1bM",
  "keyboard modes": "\x1b[>4;2m\x1b[?2004l\x1b[?1000h\x1b[=1u",
  "the end of a bracketed paste": "\x1b[201~rm -rf ~\r",
  "the bell, backspaces and other control characters": "\x07\b\b\b\x00\x05\x0e\x0f\x7f\v\f",
  "an application program command": "\x1b_Gf=100;AAAA\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\",
  "nested control sequences": "\x1b\x1b]\x1b[31\x1b]0;t\x07m\x1b[31;\x1b[2Jm",
  "colours": "\x1b[31mred\x1b[0m",
};
const everything = Object.values(hostile).join(" ");

/** Characters that may be written: text, tabs, line ends, and colours. */
// deno-lint-ignore no-control-regex -- control sequences are what is looked for
const HARMLESS = /^(?:[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\x1b\[[0-9;:]*m)*$/;

/** Asserts that a text contains no harmful characters. */
function assertHarmless(what: string, written: string): void {
  const bad = [...written].filter((_, at) => !HARMLESS.test(written.slice(at, at + 1)) && written[at] !== "\x1b");
  assert.ok(HARMLESS.test(written), `${what}: ${JSON.stringify(bad)} in ${JSON.stringify(written)}`);
}

for (const [name, sequence] of Object.entries(hostile)) {
  Deno.test(`aipython run makes every kind of output with ${name} harmless`, async () => {
    const text = `before ${sequence}\nafter`;
    await using workspace = await openRunWorkspace(
      answer(
        stdout(`${text}\n`),
        stderr(`${text}\n`),
        display({ "text/html": `<b>${text}</b>`, "text/markdown": text, "text/plain": text }),
        display({ "application/json": { [text]: text }, [`text/x-${text}`]: text }),
        result(text),
      ),
      answer(error(text, text, [text, text])),
    );
    await workspace.write(
      "cells.py",
      `# %% [markdown]\n# ${sequence.replaceAll("\0", "")}\n# %%\n'${sequence.replace(/[\n\r\0]/g, "")}'\n# %%\nf()`,
    );
    const { stdout: out, stderr: err } = await workspace.run(["cells.py", "--allow-errors"]);
    assertHarmless("stdout", out);
    assertHarmless("stderr", err);
    assert.match(out, /before .*after/s);
    assert.match(err, /before .*after/s);
  });
}

Deno.test("aipython run makes a hostile notebook's markdown, code, outputs and metadata harmless", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("ok\n")));
  const output = { output_type: "stream", name: "stdout", text: everything };
  await workspace.write(
    "hostile.ipynb",
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: everything, display_name: everything }, title: everything },
      cells: [
        { id: "a", cell_type: "markdown", metadata: {}, source: [everything] },
        { id: "b", cell_type: "raw", metadata: { format: everything }, source: everything },
        {
          id: "c",
          cell_type: "code",
          metadata: { [everything]: 1 },
          source: everything,
          outputs: [output],
          execution_count: 1,
        },
        { id: "d", cell_type: everything, metadata: {}, source: everything },
      ],
    }),
  );
  const { stdout: out, stderr: err } = await workspace.run(["hostile.ipynb"]);
  assertHarmless("stdout", out);
  assertHarmless("stderr", err);
});

Deno.test("hostile names of files, models, flags and settings are written without control sequences", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("ok\n")));
  const name = everything.replaceAll("\x00", "");
  for (
    const args of [[`${name}.py`], ["x.py", "--model", name], ["x.py", `--${name}`], ["x.py", name], [
      "x.py",
      "--output",
      name,
    ]]
  ) {
    const { stdout: out, stderr: err } = await workspace.run(args);
    assertHarmless(JSON.stringify(args), out + err);
  }
});

Deno.test("run and check write a model server's error without control sequences", async () => {
  const failure = { status: 400, headers: {}, body: { error: { message: everything, code: everything } } };
  await using workspace = await openRunWorkspaceWith(failure, {
    models: { body: { data: [{ id: everything }, { id: "b" }] } },
  });
  await workspace.write("x.py", "1");
  const ran = await workspace.run(["x.py", "--log-level", "debug"]);
  assertHarmless("run", ran.stdout + ran.stderr);
  const environment = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: workspace.server.baseUrl, AIPYTHON_MODEL: "none-such" };
  const checked = await checkAsText(environment);
  assertHarmless("check", checked.stdout + checked.stderr);
});

Deno.test("the answers of a notebook's server are logged without control sequences, as text and as JSON", async () => {
  await using model = await startScriptedModel([], { models: { body: { data: [] } } });
  const answers = [
    () => Response.json({ id: everything, name: everything }),
    () => new Response(everything, { status: 500 }),
    () => new Response(null, { status: 302, headers: { location: `http://other.example/${encodeURI(everything)}` } }),
  ];
  for (const answerWith of answers) {
    await using server = startEcho(answerWith);
    const environment = {
      OPENAI_API_KEY: "k",
      OPENAI_BASE_URL: model.baseUrl,
      AUTH_TOKEN: "t",
      NOTEBOOK_ID: "n",
      LIVESTORE_SYNC_URL: `ws://${server.host}/livestore`,
      AIPYTHON_CONNECT_TIMEOUT: "1",
      AIPYTHON_LOG_LEVEL: "debug",
    };
    for (const args of [["--log-format", "text"], ["--log-format", "json"], ["check"]]) {
      const { stdout: out, stderr: err } = await runToEnd(args, { environment });
      assertHarmless(args.join(" "), out + err);
    }
  }
});
