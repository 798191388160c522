import assert from "node:assert/strict";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import { calling, request, tool, user } from "./requests.ts";

Deno.test("llama refuses several calls in a turn, with the template's words at the end of an error of the server", () => {
  const refusal = refuse(request([user("a"), calling("c", "d"), tool("c"), tool("d"), user("b")]), "llama");
  assert.equal(refusal?.status, 500);
  const { error } = refusal?.body as { error: { message: string } };
  assert.deepEqual({ ...error, message: error.message.split("\n").at(-1) }, {
    code: 500,
    message: "Error: Jinja Exception: This model only supports single tool-calls at once!",
    type: "server_error",
  });
});
