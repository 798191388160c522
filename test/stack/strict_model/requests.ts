/**
 * Chat completion requests, as small as the tests need them.
 *
 * @module
 */

/** A JSON object. */
export type Json = Record<string, unknown>;

/** A turn of the system. */
export const system = (content: string): Json => ({ role: "system", content });

/** A turn of the user. */
export const user = (content: string): Json => ({ role: "user", content });

/** A turn of the assistant. */
export const assistant = (content: string | null): Json => ({ role: "assistant", content });

/** A turn of the assistant that calls stdout under these ids. */
export const calling = (...ids: string[]): Json => ({
  role: "assistant",
  content: null,
  tool_calls: ids.map((id) => ({ id, type: "function", function: { name: "stdout", arguments: '{"text":"1\\n"}' } })),
});

/** The answer to a call. */
export const tool = (id: string): Json => ({ role: "tool", tool_call_id: id, content: "ok" });

/** A request with tools. Fields that are undefined are left out, as in JSON. */
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

/** The body with which OpenAI refuses a request. */
export function openaiError(message: string, param: string | null = null, code: string | null = null): Json {
  return { error: { message, type: "invalid_request_error", param, code } };
}
