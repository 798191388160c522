/**
 * The forms of requests that chat templates accept, from the richest to the plainest.
 *
 * @module
 */

import { DEFAULT_FORM, type RequestForm, withShape } from "../request_form.ts";

/** The capabilities of a chat template. An unknown one is absent. */
export interface TemplateCaps {
  /** Whether it renders descriptions of tools. */
  tools?: boolean;
  /** Whether it accepts several calls in a turn. */
  parallelCalls?: boolean;
}

/** The form with one call per turn, and one call per reply. */
export const ONE_CALL_FORM: RequestForm = { ...withShape(DEFAULT_FORM, { callsPerTurn: "one" }), parallelCalls: false };

/** The form with calls as text. */
export const TEXT_FORM: RequestForm = withShape(DEFAULT_FORM, { calls: "text" });

/** The form with calls as text for templates that have only user and assistant turns. */
export const PLAIN_TEXT_FORM: RequestForm = withShape(TEXT_FORM, { joinUsers: true, system: "user" });

/** Changes a form so that it has no words for cells without output, which small models repeat. Every template accepts it. */
export function withoutSilence(form: RequestForm): RequestForm {
  return withShape(form, { silentCells: "joined" });
}

/**
 * Returns the forms to try for a template, in order. Each form with tools is tried first without the assistant turn between a tool's
 * answer and the next user turn: a small model does better without that turn, if the template renders all of the conversation.
 */
export function candidateForms({ tools, parallelCalls }: TemplateCaps): RequestForm[] {
  const texts = [TEXT_FORM, PLAIN_TEXT_FORM].map(withoutSilence);
  if (tools === false) return texts;
  const withTools = parallelCalls === false ? [ONE_CALL_FORM] : [DEFAULT_FORM, ONE_CALL_FORM];
  const quiet = withTools.flatMap(variants).map(withoutSilence);
  return [...quiet.flatMap((form) => [withShape(form, { bridge: false }), form]), ...texts];
}

/**
 * Returns a form with tools, and its variants for templates that lose other parts: the calls of a turn that has text (DeepSeek R1), or
 * the system prompt after a tool's answer (Mistral Nemo).
 */
function variants(form: RequestForm): RequestForm[] {
  return [form, withShape(form, { contentBesideCalls: false }), withShape(form, { system: "user" })];
}
