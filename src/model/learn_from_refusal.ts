/**
 * Finds out from a server's refusal how to write the request so that it is taken.
 *
 * @module
 */

import type { Refusal } from "./refusal.ts";
import { type RefusableParameter, refusedParameters } from "./refused_parameters.ts";
import { isSameForm, type RequestForm, withShape } from "./request_form.ts";

/** What is known when a request was refused. */
export interface RefusedRequest {
  /** What the server said. */
  refusal: Refusal;
  /** The form of the request. */
  form: RequestForm;
  /** The request's body. */
  body: object;
}

/** A rule: which refusals it knows, and the form to try then, if it has one. */
interface Rule {
  /** What such a server says. */
  says: RegExp;
  /** Returns the form to try next; the same one if there is nothing to change. */
  next(form: RequestForm): RequestForm;
}

/** Where chat completions take tools only without reasoning: Responses takes both, and notes can stand in for the reasoning. */
const TOOLS_WITHOUT_REASONING = /function tools with reasoning|tools? .*reasoning_effort|reasoning_effort.* tools?/i;

/**
 * The rules, in order. Sources: the chat templates of Hugging Face's model repositories, the errors of OpenAI, Mistral, DeepSeek,
 * Ollama, OpenRouter, Groq and vLLM as they are reported in public issue trackers.
 */
const RULES: readonly Rule[] = [
  {
    // Llama 3's template, NVIDIA NIM, and templates like them.
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
    // Mistral refuses an assistant turn behind a tool's answer in some versions, others a user turn there.
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
 * Finds the form to try after a refusal that is understood.
 *
 * @returns nothing when no rule knows the refusal, or all that it asks for was done already
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

/** What no other form of a request would change: the model, the key, the account, the length, the content. */
const NOT_ABOUT_THE_FORM =
  /model.{0,80}(?:not found|does not exist|not exist|unknown|decommissioned|deprecated and|no longer)|(?:no such|unknown|invalid) model|api[ _-]?key|no connected db|credit|billing|quota|balance|context.{0,20}(?:length|window|size)|too (?:long|large|many tokens)|maximum .{0,30}tokens|max_tokens|content.{0,20}(?:filter|policy|management)|safety|moderation|verif/i;

/** Whether another form may help against a refusal that no rule knows. */
export function mayDependOnForm({ status, text }: Refusal): boolean {
  return status !== 404 && status !== 405 && !NOT_ABOUT_THE_FORM.test(text);
}

/**
 * The forms to try in turn after a refusal that is not understood, each more portable than the one before. Measured with 70 chat
 * templates on a real llama.cpp server: as sent first 52 are whole, with one call a turn 60, as plain text 69.
 *
 * @param form the form that was refused
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
