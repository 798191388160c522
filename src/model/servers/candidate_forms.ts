/**
 * The forms of requests that chat templates take, from the richest to the plainest.
 *
 * @module
 */

import { DEFAULT_FORM, type RequestForm, withShape } from "../request_form.ts";

/** What is known about a chat template. What is not known is absent. */
export interface TemplateCaps {
  /** Whether it tells the model of tools. */
  tools?: boolean;
  /** Whether it takes several calls in a turn. */
  parallelCalls?: boolean;
}

/** The form with one call a turn, and one call a reply. */
export const ONE_CALL_FORM: RequestForm = { ...withShape(DEFAULT_FORM, { callsPerTurn: "one" }), parallelCalls: false };

/** The form with calls as text. */
export const TEXT_FORM: RequestForm = withShape(DEFAULT_FORM, { calls: "text" });

/** The same, for templates that have user and assistant turns and nothing else. */
export const PLAIN_TEXT_FORM: RequestForm = withShape(TEXT_FORM, { joinUsers: true, system: "user" });

/** A form without the words that stand for silence, which small models repeat. Any template takes it. */
export function withoutSilence(form: RequestForm): RequestForm {
  return withShape(form, { silentCells: "joined" });
}

/**
 * The forms to try for a template, in order. Those without words that only mark something come first: where they are whole, as any
 * template may be without the bridge between a tool's answer and a user's turn, a small model does better.
 */
export function candidateForms({ tools, parallelCalls }: TemplateCaps): RequestForm[] {
  const texts = [TEXT_FORM, PLAIN_TEXT_FORM].map(withoutSilence);
  if (tools === false) return texts;
  const withTools = parallelCalls === false ? [ONE_CALL_FORM] : [DEFAULT_FORM, ONE_CALL_FORM];
  const quiet = withTools.flatMap(variants).map(withoutSilence);
  return [...quiet.flatMap((form) => [withShape(form, { bridge: false }), form]), ...texts];
}

/**
 * A form with tools, and its changes for templates that lose something else: the calls of a turn that has text (DeepSeek R1), or the
 * system prompt behind a tool's answer (Mistral Nemo).
 */
function variants(form: RequestForm): RequestForm[] {
  return [form, withShape(form, { contentBesideCalls: false }), withShape(form, { system: "user" })];
}
