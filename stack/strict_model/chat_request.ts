/**
 * The parts of a chat completion request that the rules look at, read without trust in its form.
 *
 * @module
 */

/** The fields of a JSON object. */
export type Fields = Record<string, unknown>;

/** A message of the conversation. */
export interface ChatMessage extends Fields {
  role: string;
}

/** A tool call of an assistant's message. */
export interface ChatToolCall {
  id: string;
  name: string;
}

/** What a server answers instead of a completion. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** The JSON body. */
  body: Fields;
}

/** Looks for one thing that a server refuses. */
export type Rule = (body: Fields) => Refusal | undefined;

/** The first refusal of these rules. */
export function firstRefusal(rules: readonly Rule[], body: Fields): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(body);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The request's messages; what is no message is left out. */
export function messagesOf({ messages }: Fields): ChatMessage[] {
  if (!Array.isArray(messages)) return [];
  return messages.filter((message): message is ChatMessage => isFields(message) && typeof message.role === "string");
}

/** The tool calls of a message. */
export function callsOf({ tool_calls }: Fields): ChatToolCall[] {
  if (!Array.isArray(tool_calls)) return [];
  return tool_calls.filter(isFields).map(({ id, function: called }) => ({
    id: String(id),
    name: isFields(called) ? String(called.name) : "",
  }));
}

/** Whether the request offers tools. */
export function hasTools({ tools }: Fields): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

/** Whether a field is given: `null` stands for the default, as if it were left out. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
