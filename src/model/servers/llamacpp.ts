/**
 * Asks a llama.cpp server for its context length, and finds the form that its chat template renders.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { candidateForms, type TemplateCaps } from "./candidate_forms.ts";
import { probeTemplate } from "./probe_template.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";

/** The statuses of a path that the server does not have. Versions before February 2025 have no `/apply-template`. */
const WITHOUT_PATH = new Set([404, 405, 501]);

/**
 * The templates of models whose replies llama.cpp cannot parse if they have several calls: MiniMax M1 and M2, where it expects a comma
 * between calls. The templates render several calls, and calls as text work. Seen with llama.cpp 0.7.0.
 */
const SEVERAL_UNPARSED = /<minimax:tool_call>|<beginning_of_sentence>ai name=/;

/** The template of Functionary 3.2. llama.cpp 0.7.0 fails at the second call in a reply, and at calls of unknown tools. */
const SECOND_FAILS = />>>all/;

/**
 * Asks for the properties (https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md), and lets the server render a
 * conversation to check that the model would see all of it.
 */
export async function askLlamaCpp(server: ServerInquiry, model: string, signal: AbortSignal): Promise<ServerFacts> {
  // Only a server with several models uses the name.
  const { body: props } = await server.get(`/props?model=${encodeURIComponent(model)}`);
  const { default_generation_settings: generation } = fieldsOf(props);
  const caps = readCaps(fieldsOf(props));
  const forms = candidateForms(caps);
  let canRender = true;
  const form = await probeTemplate(model, forms, async (body) => {
    if (!canRender) return undefined;
    const { status, body: answer } = await server.post("/apply-template", body);
    canRender = !WITHOUT_PATH.has(status);
    const { prompt } = fieldsOf(answer);
    return typeof prompt === "string" ? prompt : undefined;
  }, signal);
  const byCaps = caps.tools === undefined ? undefined : forms.find(({ shape }) => shape.bridge);
  return { form: canRender ? form : byCaps, contextLength: readCount(fieldsOf(generation).n_ctx) };
}

function readCaps({ chat_template: template, chat_template_caps: caps }: Record<string, unknown>): TemplateCaps {
  const { supports_tools: tools, supports_parallel_tool_calls: parallelCalls } = fieldsOf(caps);
  const source = typeof template === "string" ? template : "";
  return {
    tools: SEVERAL_UNPARSED.test(source) ? false : readTruth(tools),
    parallelCalls: SECOND_FAILS.test(source) ? false : readTruth(parallelCalls),
  };
}

function readTruth(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
