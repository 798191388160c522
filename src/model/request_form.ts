/**
 * The form of requests to a model: everything in which servers differ.
 *
 * @module
 */

import type { Message, ModelRequest, UserTurn } from "../execution/model.ts";
import type { SentRequest } from "../execution/observed_request.ts";
import { type ConversationShape, DEFAULT_SHAPE } from "./conversation_shape.ts";
import { reasonsByItself } from "./reasoning_model.ts";
import type { RefusableParameter } from "./refused_parameters.ts";

export interface RequestForm {
  /** Which of OpenAI's interfaces is used. */
  readonly api: "chat" | "responses";
  readonly shape: ConversationShape;
  /** The parameters that are left out. */
  readonly without: ReadonlySet<RefusableParameter>;
  /** Whether the model may make several calls in a reply. */
  readonly parallelCalls: boolean;
  /** Whether the request sets the effort of a model that reasons by itself, or turns reasoning off. */
  readonly reasoning: "asked" | "none";
}

/** The form that is tried first. */
export const DEFAULT_FORM: RequestForm = {
  api: "chat",
  shape: DEFAULT_SHAPE,
  without: new Set(),
  parallelCalls: true,
  reasoning: "asked",
};

/** The temperature of models that do not reason by themselves. The same input should give the same output, as in Python. */
export const TEMPERATURE = 0;

export function withShape(form: RequestForm, change: Partial<ConversationShape>): RequestForm {
  return { ...form, shape: { ...form.shape, ...change } };
}

/** Whether two forms write the same requests. */
export function isSameForm(one: RequestForm, other: RequestForm): boolean {
  return describeForm(one) === describeForm(other);
}

/** Describes how a form differs from {@linkcode DEFAULT_FORM}: `callsPerTurn=one without=temperature`; empty for the default form. */
export function describeForm(form: RequestForm): string {
  const { shape, without, ...rest } = form;
  const given: Record<string, unknown> = { ...rest, ...shape };
  const usual: Record<string, unknown> = { ...DEFAULT_FORM, ...DEFAULT_SHAPE };
  const changed = Object.keys(given).filter((name) => given[name] !== usual[name]);
  const parts = changed.map((name) => `${name}=${given[name]}`);
  if (without.size > 0) parts.push(`without=${[...without].sort().join(",")}`);
  return parts.join(" ");
}

/** Whether a model reasons by itself before it answers a request of this form. Then it is not asked for notes. */
export function reasonsInForm(model: string, form: RequestForm): boolean {
  return reasonsByItself(model) && form.reasoning === "asked" &&
    !form.without.has(form.api === "chat" ? "reasoning_effort" : "reasoning");
}

/** Returns the turns of a request as they are sent. They ask for notes if the model does not reason by itself. */
export function turnsWithNotes(model: string, { messages }: ModelRequest, form: RequestForm): Message[] {
  const text = ({ content, notes }: UserTurn): string => {
    if (notes === undefined || reasonsInForm(model, form)) return content;
    return reasonsByItself(model) ? notes.insteadOfReasoning : notes.asNeeded;
  };
  return messages.map((message) => message.role === "user" ? { role: "user", content: text(message) } : message);
}

/** Describes a request and its form, for the trace. */
export function describeSent(model: string, request: ModelRequest, form: RequestForm): SentRequest {
  return {
    api: form.api,
    calls: form.shape.calls,
    form: describeForm(form),
    isReasoning: reasonsInForm(model, form),
    messages: turnsWithNotes(model, request, form),
  };
}
