import assert from "node:assert/strict";
import { ConfigurationError } from "../../src/errors.ts";
import { chooseModel } from "../../src/model/choose_model.ts";

const openai = { model: "gpt-4o-mini", isChosen: false, baseUrl: "https://api.openai.com/v1" };
const local = { ...openai, baseUrl: "http://127.0.0.1:8080/v1" };

Deno.test("chooseModel() returns a chosen model even if the server does not list it", () => {
  assert.deepEqual(chooseModel({ ...local, model: "mine", isChosen: true, listed: ["a", "b"] }), { model: "mine" });
});

Deno.test("chooseModel() returns the default if the server lists it or lists nothing", () => {
  for (const listed of [undefined, [], ["gpt-4o", "gpt-4o-mini"]]) {
    assert.deepEqual(chooseModel({ ...openai, listed }), { model: "gpt-4o-mini" });
    assert.deepEqual(chooseModel({ ...local, listed }), { model: "gpt-4o-mini" });
  }
});

Deno.test("chooseModel() returns the default's successor and a note when OpenAI no longer lists the default", () => {
  const { model, note } = chooseModel({ ...openai, listed: ["gpt-6-luna", "gpt-6.1-sol"] });
  assert.equal(model, "gpt-6-luna");
  assert.equal(note, "api.openai.com has no gpt-4o-mini any more, and no model was chosen");
});

Deno.test("chooseModel() returns the only model of another server, and a note", () => {
  assert.deepEqual(chooseModel({ ...local, listed: ["qwen3"] }), {
    model: "qwen3",
    note: "it is the only model that 127.0.0.1:8080 lists",
  });
});

Deno.test("chooseModel() throws an error that names some models when another server lists several", () => {
  const listed = Array.from({ length: 10 }, (_, index) => `model-${index}`);
  assert.throws(
    () => chooseModel({ ...local, listed }),
    (error) =>
      error instanceof ConfigurationError && /model-0, .*model-7 and 2 more: give one .*--model/.test(error.message),
  );
});
