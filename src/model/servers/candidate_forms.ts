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

/** The forms to try for a template, in order. */
export function candidateForms({ tools, parallelCalls }: TemplateCaps): RequestForm[] {
  if (tools === false) return [TEXT_FORM, PLAIN_TEXT_FORM];
  const withTools = parallelCalls === false ? [ONE_CALL_FORM] : [DEFAULT_FORM, ONE_CALL_FORM];
  return [...withTools.flatMap(variants), TEXT_FORM, PLAIN_TEXT_FORM];
}

/**
 * A form with tools, and its changes for templates that lose something else: the calls of a turn that has text (DeepSeek R1), or the
 * system prompt behind a tool's answer (Mistral Nemo).
 */
function variants(form: RequestForm): RequestForm[] {
  return [form, withShape(form, { contentBesideCalls: false }), withShape(form, { system: "user" })];
}
