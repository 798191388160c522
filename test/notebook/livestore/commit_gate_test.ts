import assert from "node:assert/strict";
import { Effect, Stream } from "@livestore/utils/effect";
import { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { commitInMidRebase } from "./mid_rebase.ts";

/**
 * Takes payloads through a gate as LiveStore's session does, commits in the middle of each, and returns what happened.
 */
async function take(payloads: Stream.Stream<string>, during: (payload: string, say: (what: string) => void) => void) {
  const gate = new CommitGate<string>();
  const said: string[] = [];
  const taking = gate.around(payloads).pipe(
    Stream.tap((payload) =>
      Effect.gen(function* () {
        said.push(`begin ${payload}`);
        during(payload, (what) => gate.pass([what], () => said.push(what)));
        yield* Effect.promise(() => Promise.resolve());
        said.push(`end ${payload}`);
      })
    ),
    Stream.runDrain,
  );
  await Effect.runPromise(taking);
  return { gate, said };
}

Deno.test("CommitGate makes a commit at once while the session takes no payload", () => {
  const gate = new CommitGate<string>();
  const said: string[] = [];
  gate.pass(["a"], () => said.push("a"));
  assert.deepEqual([said, gate.held], [["a"], []]);
});

Deno.test("CommitGate holds commits while the session takes a payload, and keeps their order", async () => {
  const { gate, said } = await take(Stream.make("1", "2").pipe(Stream.rechunk(1)), (payload, commit) => {
    commit(`${payload}a`);
    commit(`${payload}b`);
  });
  assert.deepEqual(said, ["begin 1", "end 1", "1a", "1b", "begin 2", "end 2", "2a", "2b"]);
  assert.deepEqual(gate.held, []);
});

Deno.test("CommitGate holds commits until all payloads of a chunk are taken", async () => {
  const { said } = await take(Stream.make("1", "2"), (payload, commit) => commit(`${payload}a`));
  assert.deepEqual(said, ["begin 1", "end 1", "begin 2", "end 2", "1a", "2a"]);
});

Deno.test("CommitGate.held returns the events of the commits that wait", async () => {
  const held: string[][] = [];
  const gate = new CommitGate<string>();
  const looking = gate.around(Stream.make("1")).pipe(
    Stream.tap(() =>
      Effect.sync(() => {
        gate.pass(["a", "b"], () => {});
        gate.pass(["c"], () => {});
        held.push(gate.held);
      })
    ),
    Stream.runDrain,
  );
  await Effect.runPromise(looking);
  assert.deepEqual([held, gate.held], [[["a", "b", "c"]], []]);
});

Deno.test("CommitGate puts a commit that another commit causes behind the waiting commits", async () => {
  const { said } = await take(Stream.make("1"), (_, commit) => {
    commit("a");
    commit("b");
  });
  assert.deepEqual(said, ["begin 1", "end 1", "a", "b"]);

  const gate = new CommitGate<string>();
  const order: string[] = [];
  const taking = gate.around(Stream.make("1")).pipe(
    Stream.tap(() =>
      Effect.sync(() => {
        gate.pass(["a"], () => {
          order.push("a");
          gate.pass(["c"], () => order.push("c"));
        });
        gate.pass(["b"], () => order.push("b"));
      })
    ),
    Stream.runDrain,
  );
  await Effect.runPromise(taking);
  assert.deepEqual(order, ["a", "b", "c"]);
});

Deno.test("CommitGate reports a commit that throws and makes the commits behind it", async () => {
  const reported = Promise.withResolvers<unknown>();
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    reported.resolve(event.error);
  };
  globalThis.addEventListener("error", onError, { once: true });
  try {
    const fault = new Error("no such column");
    const said: string[] = [];
    const gate = new CommitGate<string>();
    const taking = gate.around(Stream.make("1")).pipe(
      Stream.tap(() =>
        Effect.sync(() => {
          gate.pass(["a"], () => {
            throw fault;
          });
          gate.pass(["b"], () => said.push("b"));
        })
      ),
      Stream.runDrain,
    );
    await Effect.runPromise(taking);
    assert.equal(await reported.promise, fault);
    assert.deepEqual([said, gate.held], [["b"], []]);
  } finally {
    globalThis.removeEventListener("error", onError);
  }
});

Deno.test("CommitGate puts a commit in the middle of a rebase behind the rebased events", async () => {
  const gate = new CommitGate<string>();
  const { notes, log } = await commitInMidRebase(gate, (notes) => gate.pass(["b"], () => notes.add("b")));
  await notes.become("theirs", "a", "b");
  assert.deepEqual([log.texts, gate.held], [["theirs", "a", "b"], []]);
  await notes[Symbol.asyncDispose]();
});
