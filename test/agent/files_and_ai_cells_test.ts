/**
 * Tests a notebook with an uploaded file and AI cells from end to end: an upload, a cell that reads it, a question about it, an error, "Fix
 * Code with AI", an interruption, and an agent that is killed while it answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../mod.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { readLog } from "../../soak/read_log.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { answerHas, drawnAnswer } from "../support/drawn_answer.ts";
import { fixQuestion } from "../support/fix_question.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, error, gate, result, text } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { uploadFile } from "../support/uploaded_file.ts";

const CONTENT = "day,eggs\nMon,3\nTue,4\n";
const READ = "import pandas as pd\ndf = pd.read_csv('eggs.csv')\ndf";
const FAILING = "df.egs.sum()";
const FIXED = "df.eggs.sum()";
const ERROR = { ename: "AttributeError", evalue: "'DataFrame' object has no attribute 'egs'", traceback: ["egs"] };

type Turn = { role?: string; content?: string };

const turnsOf = ({ body }: RecordedRequest): Turn[] => body.messages ?? body.input;
const lastTurn = (request: RecordedRequest): string => turnsOf(request).at(-1)!.content!;
const isQuestion = ({ body }: RecordedRequest): boolean => body.tools === undefined;
/** Returns the text that a provider's prompt cache compares: tools and turns, without the end of the list. */
const promptOf = (request: RecordedRequest): string =>
  JSON.stringify([request.body.tools ?? [], turnsOf(request)]).slice(0, -"]]".length);

/** Answers as Python, and as the assistant, which waits in the middle of its answers. */
function play(request: RecordedRequest): Script {
  const said = lastTurn(request);
  const half = (first: string, then: string) => answer(text(first), gate(`half of ${request.number}`), text(then));
  if (!isQuestion(request)) {
    if (said.includes(FAILING)) return answer(error(ERROR.ename, ERROR.evalue, ERROR.traceback));
    return answer(result(said.includes(FIXED) ? "7" : "   day  eggs\n0  Mon     3\n1  Tue     4"));
  }
  if (said.includes("Fix the error:")) return half("The column is `eggs`:", `\n\n\`\`\`python\n${FIXED}\n\`\`\``);
  return half("Two days", ", seven eggs.");
}

for (const api of ["chat", "responses"] as const) {
  Deno.test(`an agent serves a notebook with a file and AI cells (${api} API)`, async (t) => {
    await using server = await startSyncServer();
    await using model = await startScriptedModel(play);
    const { syncUrl, authToken } = server;
    const notebookId = newNotebookId();
    await using person = await openClient({ syncUrl, authToken, notebookId });
    await using killed = new RunningCommand({
      environment: {
        ...agentEnvironment({ syncUrl, authToken, notebookId }, model),
        AIPYTHON_API: api,
        AIPYTHON_REASONING: "off",
      },
    });
    const [{ capabilities }] = await person.until(
      tables.runtimeSessions.where({ isActive: true }),
      ([session]) => session?.status === "ready",
    );

    /** Runs a code cell until it has ended, and returns its id. */
    const runCode = async (code: string) => {
      const cell = person.addCell(code);
      await person.requestIs(person.run(cell), "completed", "failed");
      return cell;
    };
    /** Runs an AI cell as the app does. Resolves once the first half of its answer is shown. */
    const ask = async (question: string, first: string) => {
      const cell = person.addCell(question, "ai");
      const { provider, name } = capabilities!.availableAiModels![0];
      const settings = { temperature: 0.7, maxTokens: 1000 };
      person.store.commit(events.aiSettingsChanged({ cellId: cell, provider, model: name, settings }));
      const request = person.run(cell);
      await answerHas(person, cell, first);
      assert.equal(drawnAnswer(person, cell), first);
      return { cell, request, half: `half of ${model.requests.length - 1}` };
    };

    await t.step("the request of a cell that reads the file includes the file", async () => {
      person.store.commit(await uploadFile({ syncUrl, authToken, notebookId, fileName: "eggs.csv", content: CONTENT }));
      await runCode(READ);
      assert.match(
        lastTurn(model.requests[0]),
        /^File "eggs\.csv": 21 bytes, CSV.*\n\| day,eggs\n\| Mon,3\n\| Tue,4\n/,
      );
    });

    await t.step("the request of a question includes the file, the cell above and its output", async () => {
      const { cell, request, half } = await ask("What is in eggs.csv?", "Two days");
      model.open(half);
      await person.requestIs(request, "completed");
      assert.equal(drawnAnswer(person, cell), "Two days, seven eggs.");
      assert.equal(person.text(cell, "stderr"), "");
      const said = lastTurn(model.requests[1]);
      assert.match(
        said,
        /^File "eggs\.csv"[^]*\| Tue,4\n\nCode cell In \[1\]:[^]*1 {2}Tue {5}4[^]*Question:\nWhat is in/,
      );
      assert.equal(said.split('File "').length, 2);
    });

    await t.step("Fix Code with AI sends the failing cell and shows the corrected code", async () => {
      const failing = await runCode(FAILING);
      const data = person.outputs(failing).find(({ outputType }) => outputType === "error")?.data;
      const { cell, request, half } = await ask(fixQuestion(JSON.parse(data!)), "The column is `eggs`:");
      model.open(half);
      await person.requestIs(request, "completed");
      assert.equal(drawnAnswer(person, cell), `The column is \`eggs\`:\n\n\`\`\`python\n${FIXED}\n\`\`\``);
      assert.match(lastTurn(model.requests[3]), /raised by this cell, In \[2\]:\n```python\ndf\.egs\.sum\(\)\n```/);
    });

    await t.step("an interrupted answer keeps the received text", async () => {
      const { cell, request } = await ask("Is that much?", "Two days");
      person.cancel(request, cell);
      await model.disconnected(4);
      await person.textHas(cell, "[AIPython] The answer was interrupted.\n", "stderr");
      assert.equal(drawnAnswer(person, cell), "Two days");
      assert.equal(person.request(request).status, "cancelled");
    });

    await using next = {
      agent: new AIPythonAgent({
        notebookId,
        authToken,
        syncUrl,
        apiKey: "none",
        baseUrl: model.baseUrl,
        api,
        reasoning: "off",
      }),
      [Symbol.asyncDispose]: () => next.agent.shutdown(),
    };

    await t.step(
      "the next agent clears the answer of a killed agent and answers again",
      async () => {
        const { cell, request } = await ask("And on Wednesday?", "Two days");
        killed.kill("SIGKILL");
        assert.equal((await killed.end()).code, 137);
        await next.agent.start();
        await model.reached("half of 6");
        await answerHas(person, cell, "Two days");
        model.open("half of 6");
        await person.requestIs(request, "completed");
        assert.equal(drawnAnswer(person, cell), "Two days, seven eggs.");
        await person.store.settled(AbortSignal.timeout(10_000));
        const log = await readLog({ syncUrl, authToken, notebookId });
        const ofCell = log.filter(({ args }) => args?.cellId === cell).map(({ name }) => name.replace(/^v\d\./, ""));
        const course = ["ExecutionStarted", "CellOutputsCleared", "MarkdownOutputAdded"];
        assert.deepEqual(ofCell.filter((name) => course.includes(name)), ["CellOutputsCleared", ...course, ...course]);
      },
    );

    await t.step("the next agent repeats the requests of the killed agent byte for byte", async () => {
      const [, , , , , lost, again] = model.requests;
      assert.deepEqual(again.body, lost.body);
      await runCode(FIXED);
      const [first, second, third] = model.requests.filter((request) => !isQuestion(request));
      assert.match(lastTurn(third), /^In \[3\]:/);
      assert.ok(promptOf(second).startsWith(promptOf(first)) && promptOf(third).startsWith(promptOf(second)));
      assert.doesNotMatch(promptOf(third), /Question:|seven eggs/);
      const { request, half } = await ask("So how many?", "Two days");
      model.open(half);
      await person.requestIs(request, "completed");
      // Text that belongs to one question only, such as the names of files, is not repeated.
      const beforeEnd = promptOf(again).split("\\n\\nFiles of the notebook:")[0];
      assert.ok(promptOf(model.requests.at(-1)!).startsWith(beforeEnd));
    });
  });
}
