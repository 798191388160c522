/**
 * Minimal chat completion requests for the tests.
 *
 * @module
 */

/** A JSON object. */
export type Json = Record<string, unknown>;

/** Makes a system message. */
export const system = (content: string): Json => ({ role: "system", content });

/** Makes a user message. */
export const user = (content: string): Json => ({ role: "user", content });

/** Makes an assistant message. */
export const assistant = (content: string | null): Json => ({ role: "assistant", content });

/** Makes an assistant message that calls stdout under these ids. */
export const calling = (...ids: string[]): Json => ({
  role: "assistant",
  content: null,
  tool_calls: ids.map((id) => ({ id, type: "function", function: { name: "stdout", arguments: '{"text":"1\\n"}' } })),
});

/** Makes the tool message that answers a call. */
export const tool = (id: string): Json => ({ role: "tool", tool_call_id: id, content: "ok" });

/** Makes a request with tools. Undefined fields are left out, as in JSON. */
export function request(messages: Json[], fields: Json = {}): Json {
  const parameters = { type: "object", properties: { text: { type: "string" } } };
  const body = {
    model: "m",
    messages,
    tools: [{ type: "function", function: { name: "stdout", description: "Writes.", parameters } }],
    tool_choice: "auto",
    temperature: 0,
    stream: true,
    ...fields,
  };
  return JSON.parse(JSON.stringify(body));
}

/** Makes the body with which OpenAI refuses a request. */
export function openaiError(message: string, param: string | null = null, code: string | null = null): Json {
  return { error: { message, type: "invalid_request_error", param, code } };
}
