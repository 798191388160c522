import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PassThrough } from "node:stream";
import { Keyboard, type KeyboardEvent, type KeyboardInput } from "../../src/repl/keyboard.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { keys } from "../support/pseudo_terminal.ts";

/** Opens a keyboard on which the test types. */
function openKeyboard() {
  const clock = new ManualClock();
  const modes: boolean[] = [];
  const written: string[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (mode: boolean) => modes.push(mode) });
  const keyboard = new Keyboard(input as unknown as KeyboardInput, (text) => written.push(text), clock);
  const type = (text: string | Uint8Array) => input.emit("data", Buffer.from(text as string));
  return { keyboard, input, type, modes, written, clock };
}

const summaryOf = (event: KeyboardEvent | undefined) =>
  event?.type === "key" ? event.key.name ?? event.text : event && { pasted: event.text };

async function all(keyboard: Keyboard) {
  const events = [];
  while (keyboard.hasNext) events.push(summaryOf(await keyboard.next()));
  return events;
}

Deno.test("Keyboard reports a pasted text as one event, no matter how its bytes are split", async () => {
  const text = `a${keys.paste("b\nc 世")}${keys.left}d`;
  const expected = ["a", { pasted: "b\rc 世" }, "left", "d"];
  const bytes = new TextEncoder().encode(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const { keyboard, type } = openKeyboard();
    type(bytes.slice(0, cut));
    type(bytes.slice(cut));
    assert.deepEqual(await all(keyboard), expected, `cut at ${cut}`);
    keyboard[Symbol.dispose]();
  }
});

Deno.test("Keyboard reports Esc as a key if no other key follows within 500 ms", async () => {
  const { keyboard, type, clock } = openKeyboard();
  type(keys.escape);
  clock.advance(499);
  assert.equal(keyboard.hasNext, false);
  type("b");
  assert.deepEqual(await all(keyboard), ["b"], "Esc before another key means Alt");
  type(keys.escape);
  clock.advance(500);
  type("b");
  assert.deepEqual(await all(keyboard), ["escape", "b"]);
  keyboard[Symbol.dispose]();
});

Deno.test("Keyboard marks keys as a burst if several lines arrive at once or soon after a burst", async () => {
  const { keyboard, type, clock } = openKeyboard();
  const bursts: [text: string, afterMs: number, isBurst: boolean][] = [
    ["x = 1\r", 0, false],
    ["\r\n", 0, false],
    ["x\ry", 0, true],
    ["z\r", 49, true],
    ["\r", 49, true],
    ["\r", 50, false],
    ["x\r\ry\r", 0, true],
  ];
  for (const [text, afterMs, isBurst] of bursts) {
    clock.advance(afterMs);
    type(text);
    while (keyboard.hasNext) {
      const event = await keyboard.next();
      assert(event?.type === "key" && event.isBurst === isBurst, JSON.stringify(text));
    }
  }
  keyboard[Symbol.dispose]();
});

Deno.test("Keyboard calls the interrupt listener on Ctrl-C and discards the keys before it", async () => {
  const { keyboard, type } = openKeyboard();
  let interrupts = 0;
  const forget = keyboard.onInterrupt(() => interrupts += 1);
  type(`typed${keys.ctrl("c")}ahead`);
  assert.equal(interrupts, 1);
  forget();
  type(keys.ctrl("c"));
  assert.deepEqual(await all(keyboard), [..."ahead", "c"]);
  keyboard[Symbol.dispose]();
});

Deno.test("Keyboard restores the terminal's modes when it is disposed of and ends its events", async () => {
  const { keyboard, modes, written } = openKeyboard();
  const next = keyboard.next();
  keyboard[Symbol.dispose]();
  assert.equal(await next, undefined);
  assert.deepEqual([modes, written], [[true, false], ["\x1b[?2004h", "\x1b[?2004l"]]);
});
