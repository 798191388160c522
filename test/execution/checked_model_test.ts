import assert from "node:assert/strict";
import { ModelError } from "../../src/errors.ts";
import { CheckedModel, isModel } from "../../src/execution/checked_model.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";

/** Returns a checked model with this method `stream`. */
function modelOf(stream: Model["stream"]): CheckedModel {
  return new CheckedModel({ name: "own", stream });
}

/** Sends a request to a model until `take` returns false. Returns the events, and the error if the model throws. */
async function ask(model: Model, signal = new AbortController().signal, take = (_event: ModelEvent) => true) {
  const events: ModelEvent[] = [];
  try {
    for await (const event of model.stream({ messages: [], tools: [], signal })) {
      events.push(event);
      if (!take(event)) break;
    }
    return { events };
  } catch (error) {
    return { events, error };
  }
}

const text: ModelEvent = { type: "text", delta: "a" };
const finish: ModelEvent = { type: "finish", reason: "stop" };

Deno.test("CheckedModel passes on the events and the properties of its model unchanged", async () => {
  const events: ModelEvent[] = [text, finish, { type: "usage", usage: { input: 1, cachedInput: 0, output: 1 } }];
  const model = new CheckedModel({
    name: "own",
    contextLength: 4096,
    oneCallAReply: true,
    async *stream() {
      yield* events;
    },
  });
  assert.deepEqual(await ask(model), { events });
  assert.deepEqual([model.name, model.contextLength, model.oneCallAReply], ["own", 4096, true]);
});

Deno.test("CheckedModel throws a ModelError when the answer ends without a finish event", async () => {
  const { events, error } = await ask(modelOf(async function* () {
    yield text;
  }));
  assert.deepEqual(events, [text]);
  assert.ok(error instanceof ModelError);
  assert.equal(error.kind, "cut");
  assert.match(error.message, /own ended without saying why.*"finish"/);
});

Deno.test("CheckedModel converts the errors of its model to ModelErrors", async (t) => {
  const cause = new TypeError("fetch failed");
  for (
    const [when, stream] of Object.entries<Model["stream"]>({
      "before the stream": () => {
        throw cause;
      },
      "during the stream": async function* () {
        yield text;
        throw cause;
      },
    })
  ) {
    await t.step(`an error ${when} becomes a ModelError`, async () => {
      const { error } = await ask(modelOf(stream));
      assert.ok(error instanceof ModelError);
      assert.deepEqual([error.kind, error.message], ["server_error", "own failed: TypeError: fetch failed"]);
      assert.equal(error.cause, cause);
    });
  }
  await t.step("a thrown string becomes a ModelError with a shortened message", async () => {
    const { error } = await ask(modelOf(() => {
      throw "x".repeat(10_000);
    }));
    assert.match((error as ModelError).message, /^own failed: x{500}\.\.\.$/);
  });
  await t.step("a result that is not a stream becomes a ModelError", async () => {
    const { error } = await ask(modelOf((() => undefined) as unknown as Model["stream"]));
    assert.match((error as ModelError).message, /^own failed: TypeError/);
  });
  await t.step("a ModelError is rethrown unchanged", async () => {
    const refused = new ModelError("refused", "no");
    const { error } = await ask(modelOf(async function* () {
      yield text;
      throw refused;
    }));
    assert.equal(error, refused);
  });
});

Deno.test("CheckedModel rejects with the signal's reason when the request is aborted", async (t) => {
  const reason = new Error("stopped by a person");
  await t.step("a model that ignores the signal does not delay the rejection", async () => {
    const controller = new AbortController();
    const asked = ask(
      modelOf(async function* () {
        yield text;
        await new Promise(() => {});
      }),
      controller.signal,
      () => {
        queueMicrotask(() => controller.abort(reason));
        return true;
      },
    );
    assert.deepEqual(await asked, { events: [text], error: reason });
  });
  await t.step("a model that listens to the signal closes its connection first", async () => {
    const controller = new AbortController();
    let isClosed = false;
    const asked = ask(
      modelOf(async function* ({ signal }) {
        try {
          yield text;
          await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("closed"))));
        } finally {
          isClosed = true;
        }
      }),
      controller.signal,
      () => {
        queueMicrotask(() => controller.abort(reason));
        return true;
      },
    );
    assert.deepEqual(await asked, { events: [text], error: reason });
    assert.ok(isClosed);
  });
  await t.step("a request whose signal is already aborted does not reach the model", async () => {
    let wasAsked = false;
    const { error } = await ask(
      modelOf(() => {
        wasAsked = true;
        return ask as never;
      }),
      AbortSignal.abort(reason),
    );
    assert.deepEqual([error, wasAsked], [reason, false]);
  });
});

Deno.test("CheckedModel closes the model's stream when the consumer stops early", async () => {
  let isClosed = false;
  await ask(
    modelOf(async function* () {
      try {
        yield text;
        yield finish;
      } finally {
        isClosed = true;
      }
    }),
    undefined,
    () => false,
  );
  assert.ok(isClosed);
});

Deno.test("isModel() requires a name and a method stream()", () => {
  const stream = async function* () {};
  assert.ok(isModel({ name: "own", stream }));
  for (const value of [undefined, null, "gpt-4o", {}, { name: "own" }, { stream }, { name: " ", stream }]) {
    assert.ok(!isModel(value), JSON.stringify(value));
  }
});
