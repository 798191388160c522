/**
 * Finds the form of requests that a chat template renders completely.
 *
 * @module
 */

import { toChatCompletionRequest } from "../chat_completion_request.ts";
import type { RequestForm } from "../request_form.ts";
import { makeProbes, type Probe } from "./probe_conversation.ts";

/** Renders a request body as a prompt; `undefined` if the server refuses the request. */
export type Render = (body: object) => Promise<string | undefined>;

/**
 * Renders requests in one form after the other, until the prompt contains everything: the code and the outputs of earlier cells, the
 * system prompt, and the tools.
 *
 * @param forms the forms to try, in order
 * @returns `undefined` when no form passes
 */
export async function probeTemplate(
  model: string,
  forms: readonly RequestForm[],
  render: Render,
  signal: AbortSignal,
): Promise<RequestForm | undefined> {
  const probes = makeProbes(signal);
  for (const form of forms) {
    if (await isWhole(model, form, probes, render)) return form;
  }
  return undefined;
}

async function isWhole(model: string, form: RequestForm, probes: Probe[], render: Render): Promise<boolean> {
  for (const { request, words, toolWords } of probes) {
    const prompt = await render(toChatCompletionRequest(model, request, form));
    // With calls as text the tools are a part of the system prompt, which has another word.
    const wanted = form.shape.calls === "text" ? words : [...words, ...toolWords];
    if (prompt === undefined || !wanted.every((word) => prompt.includes(word))) return false;
  }
  return true;
}
