/**
 * Learns from a refusal how to write the request so that the server accepts it.
 *
 * @module
 */

import type { Refusal } from "./refusal.ts";
import { type RefusableParameter, refusedParameters } from "./refused_parameters.ts";
import { isSameForm, type RequestForm, withShape } from "./request_form.ts";

export interface RefusedRequest {
  refusal: Refusal;
  form: RequestForm;
  body: object;
}

/** A rule: the refusals that it matches, and the form to try next. */
interface Rule {
  /** Matches the text of the refusal. */
  says: RegExp;
  /** Returns the form to try next; the same form if there is nothing to change. */
  next(form: RequestForm): RequestForm;
}

/** Refusals of chat completions that take tools only without reasoning. Notes can then replace the reasoning. */
const TOOLS_WITHOUT_REASONING = /function tools with reasoning|tools? .*reasoning_effort|reasoning_effort.* tools?/i;

/**
 * The rules, in the order in which they are tried. Sources: the chat templates of Hugging Face's model repositories, and the errors of
 * OpenAI, Mistral, DeepSeek, Ollama, OpenRouter, Groq and vLLM as reported in public issue trackers.
 */
const RULES: readonly Rule[] = [
  {
    // Llama 3's template, NVIDIA NIM, and similar templates.
    says: /only supports single tool[- ]calls? at once|supports? only (?:one|single) tool call/i,
    next: (form) => ({ ...withShape(form, { callsPerTurn: "one" }), parallelCalls: false }),
  },
  {
    // Ollama ("does not support tools"), OpenRouter ("No endpoints found that support tool use"), vLLM without a tool parser.
    says:
      /not support(?:ed)? (?:tools|tool use|tool calling|function calling)|support tool use|tools? (?:is|are|use is|calling is) not (?:supported|available|enabled)|tool choice requires --enable-auto-tool-choice|(?:tools|functions) (?:param\w* )?(?:is|are)? ?(?:not allowed|unsupported)/i,
    next: (form) => withShape(form, { calls: "text" }),
  },
  {
    says:
      /system (?:role|message|prompt)s? (?:is |are )?not supported|(?:unsupported|invalid|unknown) role:? ['"]?system/i,
    next: (form) => withShape(form, { system: "user" }),
  },
  {
    // DeepSeek's thinking mode.
    says: /missing `?reasoning_content|reasoning_content`? (?:is required|must be|in the assistant message)/i,
    next: (form) => withShape(form, { reasoningContent: true }),
  },
  {
    // Mistral.
    says: /either content or tool_calls|content and tool_calls|not both|both content and tool/i,
    next: (form) => withShape(form, { contentBesideCalls: false, emptyContent: "absent" }),
  },
  {
    // Ollama and templates that concatenate the content (Qwen3, gpt-oss, Devstral).
    says:
      /content type: <nil>|content\b.{0,60}(?:null|none|nil|should be a (?:valid )?string|must be a string|not a string)|nonetype/i,
    next: (form) => withShape(form, { emptyContent: form.shape.emptyContent === "null" ? "empty" : "absent" }),
  },
  {
    says: /additionalProperties/,
    next: (form) => withShape(form, { closedSchemas: false }),
  },
  {
    // Some versions of Mistral refuse an assistant turn after a tool's answer. Others refuse a user turn there.
    says: /(?:unexpected|invalid) role ['"`]?assistant['"`]? after role ['"`]?tool/i,
    next: (form) => withShape(form, { bridge: false }),
  },
  {
    says: /roles? must alternate|consecutive (?:user|messages)|multiple user messages|alternat/i,
    next: (form) =>
      withShape(form, { joinUsers: true, callsPerTurn: form.shape.joinUsers ? "one" : form.shape.callsPerTurn }),
  },
];

/**
 * Finds the form to try after a refusal that a rule matches.
 *
 * @returns `undefined` when no rule matches the refusal, or the form already has all the changes that it asks for
 */
export function learnFromRefusal({ refusal, form, body }: RefusedRequest): RequestForm | undefined {
  const { text } = refusal;
  if (form.api === "chat" && form.reasoning === "asked" && TOOLS_WITHOUT_REASONING.test(text)) {
    return { ...form, reasoning: "none" };
  }
  for (const { says, next } of RULES) {
    if (!says.test(text)) continue;
    const learnt = next(form);
    if (!isSameForm(learnt, form)) return learnt;
  }
  const blamed: RefusableParameter[] = refusedParameters(refusal, body);
  return blamed.length === 0 ? undefined : { ...form, without: new Set([...form.without, ...blamed]) };
}

/** Refusals that no other form of the request can avoid: about the model, the key, the account, the length or the content. */
const NOT_ABOUT_THE_FORM =
  /model.{0,80}(?:not found|does not exist|not exist|unknown|decommissioned|deprecated and|no longer)|(?:no such|unknown|invalid) model|api[ _-]?key|no connected db|credit|billing|quota|balance|context.{0,20}(?:length|window|size)|too (?:long|large|many tokens)|maximum .{0,30}tokens|max_tokens|content.{0,20}(?:filter|policy|management)|safety|moderation|verif/i;

/** Whether another form may help after a refusal that no rule matches. */
export function mayDependOnForm({ status, text }: Refusal): boolean {
  return status !== 404 && status !== 405 && !NOT_ABOUT_THE_FORM.test(text);
}

/**
 * Returns the forms to try after a refusal that no rule matches, each more portable than the one before. Measured with 70 chat
 * templates on a real llama.cpp server: 52 templates render all of the conversation in the first form, 60 with one call per turn, and
 * 69 with calls as text.
 */
export function portableForms(form: RequestForm): RequestForm[] {
  const plain: RequestForm = {
    ...form,
    without: new Set<RefusableParameter>([
      ...form.without,
      "parallel_tool_calls",
      "tool_choice",
      "prompt_cache_key",
      "stream_options",
    ]),
  };
  const single = withShape(plain, { callsPerTurn: "one", emptyContent: "empty", joinUsers: true });
  const bare = withShape(single, { bridge: false, emptyContent: "absent", closedSchemas: false });
  const text = withShape(plain, { calls: "text", joinUsers: true, system: "user" });
  const forms = [plain, single, bare, text];
  return forms.filter((each, index) => !isSameForm(each, index === 0 ? form : forms[index - 1]));
}
