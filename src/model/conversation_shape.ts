/**
 * The shape of a conversation: the variations that chat templates and gateways require, applied to the neutral turns.
 *
 * @module
 */

import type { Message } from "../execution/model.ts";
import { NO_OUTPUT, OUTPUT_OMITTED } from "../execution/prompt/system_prompt.ts";
import { isPlainObject, type JsonValue } from "../media/json_value.ts";

/** The variations of a conversation. Everything else is the same in every shape. */
export interface ConversationShape {
  /** Whether calls are tool calls of the interface, or lines of text. */
  readonly calls: "tools" | "text";
  /** How many calls an earlier assistant turn has: all that the model made, or one. */
  readonly callsPerTurn: "several" | "one";
  /** Whether an assistant turn is kept between the last tool answer and the next user turn. */
  readonly bridge: boolean;
  /** The content of an assistant turn that has calls and no text. */
  readonly emptyContent: "null" | "empty" | "absent";
  /** Whether an assistant turn with calls keeps its text. */
  readonly contentBesideCalls: boolean;
  /** Whether assistant turns carry an empty `reasoning_content`. */
  readonly reasoningContent: boolean;
  /** Whether user turns that follow each other are joined. */
  readonly joinUsers: boolean;
  /**
   * The form of earlier cells whose outputs are not sent, or that have none: with an answer in words, or in one turn with the next
   * cell. Small models repeat what they see: after a few such answers they answer every cell with those words.
   */
  readonly silentCells: "answered" | "joined";
  /** Where the system prompt is: in a separate turn, or at the beginning of the first user turn. */
  readonly system: "system" | "user";
  /** Whether the schemas of tools have `additionalProperties`. */
  readonly closedSchemas: boolean;
}

/** The shape that is tried first. OpenAI, Anthropic, Gemini and most chat templates accept it. */
export const DEFAULT_SHAPE: ConversationShape = {
  calls: "tools",
  callsPerTurn: "several",
  bridge: true,
  emptyContent: "null",
  contentBesideCalls: true,
  reasoningContent: false,
  joinUsers: false,
  silentCells: "answered",
  system: "system",
  closedSchemas: true,
};

/** Rewrites the turns of a conversation with tool calls in a shape. */
export function shapeTurns(messages: readonly Message[], shape: ConversationShape): Message[] {
  let turns = [...messages];
  if (shape.silentCells === "joined") {
    turns = joinUserTurns(turns.filter((turn, index) => !isSilence(turn, turns[index - 1])));
  }
  if (!shape.bridge) turns = withoutBridges(turns);
  if (shape.callsPerTurn === "one") {
    turns = turns.flatMap((turn, index) => oneCallPerTurn(turn, turns.slice(index + 1)));
  }
  if (shape.system === "user") turns = systemInUserTurn(turns);
  return shape.joinUsers ? joinUserTurns(turns) : turns;
}

/** Whether a turn only says that a cell has no output, or that its output is left out. */
function isSilence(turn: Message, before: Message | undefined): boolean {
  if (turn.role !== "assistant" || turn.toolCalls !== undefined) return false;
  return turn.content === NO_OUTPUT || (turn.content === OUTPUT_OMITTED && before?.role === "user");
}

/** Removes assistant turns without calls that follow a tool's answer. */
function withoutBridges(turns: readonly Message[]): Message[] {
  return turns.filter((turn, index) =>
    turn.role !== "assistant" || turn.toolCalls !== undefined || turns[index - 1]?.role !== "tool"
  );
}

/** Splits an assistant turn with several calls. Each tool's answer follows its call. */
function oneCallPerTurn(turn: Message, following: readonly Message[]): Message[] {
  if (turn.role === "tool") return [];
  if (turn.role !== "assistant" || turn.toolCalls === undefined) return [turn];
  return turn.toolCalls.flatMap((call, index): Message[] => {
    const answer = following.find((other) => other.role === "tool" && other.toolCallId === call.id);
    const text = index === 0 && turn.content !== undefined ? { content: turn.content } : {};
    const data = turn.providerData === undefined ? {} : { providerData: [...ofCall(turn.providerData, index)] };
    return [{ role: "assistant", ...text, toolCalls: [call], ...data }, ...(answer === undefined ? [] : [answer])];
  });
}

/** Returns the provider data of one call, for a turn in which this call is the first. */
function* ofCall(data: readonly JsonValue[], index: number): Generator<JsonValue> {
  for (const piece of data) {
    if (isPlainObject(piece) && piece.call === index) yield { ...piece, call: 0 } as JsonValue;
  }
}

/** Puts the system prompt before the first user turn's text. */
function systemInUserTurn(turns: readonly Message[]): Message[] {
  const [system, first, ...rest] = turns;
  if (system?.role !== "system") return [...turns];
  if (first?.role !== "user") return [{ role: "user", content: system.content }, ...turns.slice(1)];
  return [{ role: "user", content: `${system.content}\n\n${first.content}` }, ...rest];
}

function joinUserTurns(turns: readonly Message[]): Message[] {
  const joined: Message[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (turn.role === "user" && last?.role === "user") {
      joined[joined.length - 1] = { role: "user", content: `${last.content}\n\n${turn.content}` };
    } else joined.push(turn);
  }
  return joined;
}
