import assert from "node:assert/strict";
import { ModelError } from "../../src/errors.ts";
import { CheckedModel, isModel } from "../../src/execution/checked_model.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";

/** A model that answers in this way. */
function modelOf(stream: Model["stream"]): CheckedModel {
  return new CheckedModel({ name: "own", stream });
}

/** Asks a model, and returns what it yields and what it throws. */
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

Deno.test("CheckedModel passes an answer on as it is, and what is known of the model", async () => {
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

Deno.test("CheckedModel says that an answer without its finish event was cut", async () => {
  const { events, error } = await ask(modelOf(async function* () {
    yield text;
  }));
  assert.deepEqual(events, [text]);
  assert.ok(error instanceof ModelError);
  assert.equal(error.kind, "cut");
  assert.match(error.message, /own ended without saying why.*"finish"/);
});

Deno.test("CheckedModel turns an error of a model into a ModelError, and leaves a ModelError as it is", async (t) => {
  const cause = new TypeError("fetch failed");
  for (
    const [when, stream] of Object.entries<Model["stream"]>({
      "before the stream": () => {
        throw cause;
      },
      "in the stream": async function* () {
        yield text;
        throw cause;
      },
    })
  ) {
    await t.step(when, async () => {
      const { error } = await ask(modelOf(stream));
      assert.ok(error instanceof ModelError);
      assert.deepEqual([error.kind, error.message], ["server_error", "own failed: TypeError: fetch failed"]);
      assert.equal(error.cause, cause);
    });
  }
  await t.step("a value that is no error, shortened", async () => {
    const { error } = await ask(modelOf(() => {
      throw "x".repeat(10_000);
    }));
    assert.match((error as ModelError).message, /^own failed: x{500}\.\.\.$/);
  });
  await t.step("what is no stream", async () => {
    const { error } = await ask(modelOf((() => undefined) as unknown as Model["stream"]));
    assert.match((error as ModelError).message, /^own failed: TypeError/);
  });
  await t.step("a ModelError", async () => {
    const refused = new ModelError("refused", "no");
    const { error } = await ask(modelOf(async function* () {
      yield text;
      throw refused;
    }));
    assert.equal(error, refused);
  });
});

Deno.test("CheckedModel ends an aborted request with the signal's reason", async (t) => {
  const reason = new Error("stopped by a person");
  await t.step("though the model does not listen", async () => {
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
  await t.step("after a model that listens has closed its connection", async () => {
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
  await t.step("before it has begun", async () => {
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

Deno.test("CheckedModel closes the answer of which the rest is not wanted", async () => {
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

Deno.test("isModel() wants a name and the method stream", () => {
  const stream = async function* () {};
  assert.ok(isModel({ name: "own", stream }));
  for (const value of [undefined, null, "gpt-4o", {}, { name: "own" }, { stream }, { name: " ", stream }]) {
    assert.ok(!isModel(value), JSON.stringify(value));
  }
});
