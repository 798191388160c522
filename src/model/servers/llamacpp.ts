/**
 * What a llama.cpp server tells: its context, and how its chat template takes requests.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { candidateForms, type TemplateCaps } from "./candidate_forms.ts";
import { probeTemplate } from "./probe_template.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";

/** The statuses of a server without a path. Versions of before February 2025 have no `/apply-template`. */
const WITHOUT_PATH = new Set([404, 405, 501]);

/**
 * Templates of families whose several calls in a reply llama.cpp does not parse, although the templates render them: MiniMax M1 and M2,
 * where it wants a comma between calls. Written as text they arrive. Seen with llama.cpp 0.7.0.
 */
const SEVERAL_UNPARSED = /<minimax:tool_call>|<beginning_of_sentence>ai name=/;

/** The template of Functionary 3.2: llama.cpp 0.7.0 fails at its second call in a reply, and also at calls that it does not know. */
const SECOND_FAILS = />>>all/;

/**
 * Asks for the properties (https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md), and has a conversation rendered
 * to see whether the model would see all of it.
 *
 * @param signal aborts the asking
 */
export async function askLlamaCpp(server: ServerInquiry, model: string, signal: AbortSignal): Promise<ServerFacts> {
  // Only a server of several models looks at the name.
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
  const told = caps.tools === undefined ? undefined : forms.find(({ shape }) => shape.bridge);
  return { form: canRender ? form : told, contextLength: readCount(fieldsOf(generation).n_ctx) };
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
