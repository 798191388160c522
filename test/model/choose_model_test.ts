import assert from "node:assert/strict";
import { ConfigurationError } from "../../src/errors.ts";
import { chooseModel } from "../../src/model/choose_model.ts";

const openai = { model: "gpt-4o-mini", isChosen: false, baseUrl: "https://api.openai.com/v1" };
const local = { ...openai, baseUrl: "http://127.0.0.1:8080/v1" };

Deno.test("chooseModel() takes the model that somebody chose, whatever the server lists", () => {
  assert.deepEqual(chooseModel({ ...local, model: "mine", isChosen: true, listed: ["a", "b"] }), { model: "mine" });
});

Deno.test("chooseModel() takes the default where the server lists it, or lists nothing", () => {
  for (const listed of [undefined, [], ["gpt-4o", "gpt-4o-mini"]]) {
    assert.deepEqual(chooseModel({ ...openai, listed }), { model: "gpt-4o-mini" });
    assert.deepEqual(chooseModel({ ...local, listed }), { model: "gpt-4o-mini" });
  }
});

Deno.test("chooseModel() takes the default's successor once OpenAI has switched the default off, and says so", () => {
  const { model, note } = chooseModel({ ...openai, listed: ["gpt-6-luna", "gpt-6.1-sol"] });
  assert.equal(model, "gpt-6-luna");
  assert.equal(note, "api.openai.com has no gpt-4o-mini any more, and no model was chosen");
});

Deno.test("chooseModel() takes the only model of another server, and says so", () => {
  assert.deepEqual(chooseModel({ ...local, listed: ["qwen3"] }), {
    model: "qwen3",
    note: "it is the only model that 127.0.0.1:8080 lists",
  });
});

Deno.test("chooseModel() asks for a choice where another server lists several, and names some of them", () => {
  const listed = Array.from({ length: 10 }, (_, index) => `model-${index}`);
  assert.throws(
    () => chooseModel({ ...local, listed }),
    (error) =>
      error instanceof ConfigurationError && /model-0, .*model-7 and 2 more: give one .*--model/.test(error.message),
  );
});
