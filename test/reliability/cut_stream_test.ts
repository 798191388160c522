/**
 * Replies that are cut at every byte. The cell shows the beginning of the reply and ends once with an error.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startCell } from "../support/cell_run.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { answer, callInPieces, cut, raw, result, stderr } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

/** The number of cells that are asked for at once. */
const AT_ONCE = 16;

const printed = 'café 😀 "quoted"\n\ttwice\n';
const warned = "careful\n";
const value = "[1, 2]";
const whole = answer(
  callInPieces("stdout", JSON.stringify({ text: printed }).match(/[^]{1,5}/g)!),
  stderr(warned),
  result(value),
);

/** Returns the bytes of the whole reply as a server sends them. */
async function replyBytes(): Promise<Uint8Array<ArrayBuffer>> {
  await using server = await startScriptedModel(whole);
  const response = await fetch(`${server.baseUrl}/chat/completions`, { method: "POST", body: "{}" });
  return new Uint8Array(await response.arrayBuffer());
}

/** Runs a cell whose reply breaks off after `length` bytes. */
async function playCut(bytes: Uint8Array<ArrayBuffer>, length: number) {
  await using server = await startScriptedModel([...raw(bytes.slice(0, length)), ...cut()]);
  const context = new RecordingContext();
  const ended = await startCell(openAIModel(server, { clock: new HastyClock(100) }), context);
  return { ended, context };
}

/** Returns the position after a text in a reply. */
function endOf(bytes: Uint8Array, text: string): number {
  const at = new TextDecoder("latin1").decode(bytes).indexOf(text);
  assert.notEqual(at, -1);
  return at + text.length;
}

Deno.test("a reply that is cut at any byte shows its beginning and ends the cell once", async () => {
  const bytes = await replyBytes();
  const finished = endOf(bytes, '"finish_reason":"tool_calls"}]') - 1;
  let successes = 0;
  const check = async (length: number) => {
    const { ended, context } = await playCut(bytes, length);
    const at = `cut after ${length} of ${bytes.length} bytes`;
    const shown = { stdout: "", stderr: "" };
    const others: string[] = [];
    for (const output of context.outputs) {
      if (output.type === "stream") shown[output.name] += output.text;
      else if (output.type === "error") others.push(output.ename);
      else if (output.type === "execute_result") others.push(String(output.data["text/plain"]));
    }
    assert.ok(printed.startsWith(shown.stdout), `${at}: ${JSON.stringify(shown)}`);
    assert.ok(warned.startsWith(shown.stderr), `${at}: ${JSON.stringify(shown)}`);
    assert.ok(shown.stderr === "" || shown.stdout === printed, `${at}: out of order`);
    if (ended.status === "success") {
      successes++;
      assert.ok(length > finished, at);
      assert.deepEqual([shown.stdout, shown.stderr, others], [printed, warned, [value]], at);
    } else {
      assert.deepEqual(others.filter((other) => other !== value), ["ModelError"], at);
      assert.match(ended.error ?? "", /^ModelError: /, at);
    }
  };
  const lengths = Array.from(bytes, (_, length) => length);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let length; (length = lengths.pop()) !== undefined;) await check(length);
  }));
  assert.ok(
    successes > 0 && successes < bytes.length / 2,
    `${successes} of ${bytes.length} cut replies were taken for complete`,
  );
});
