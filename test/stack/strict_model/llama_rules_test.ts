import assert from "node:assert/strict";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import { calling, request, tool, user } from "./requests.ts";

Deno.test("the llama rules refuse several calls in one turn with the message of the chat template", () => {
  const refusal = refuse(request([user("a"), calling("c", "d"), tool("c"), tool("d"), user("b")]), "llama");
  assert.equal(refusal?.status, 500);
  const { error } = refusal?.body as { error: { message: string } };
  assert.deepEqual({ ...error, message: error.message.split("\n").at(-1) }, {
    code: 500,
    message: "Error: Jinja Exception: This model only supports single tool-calls at once!",
    type: "server_error",
  });
});
