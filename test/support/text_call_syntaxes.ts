/**
 * The syntaxes in which models write calls as text.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";
import type { PlainCall } from "./text_calls.ts";

/** A syntax for calls as text. */
export interface Syntax {
  name: string;
  write: (calls: readonly PlainCall[]) => string;
  /** The text that ends an argument in this syntax. No argument may contain it. */
  end?: string;
}

const json = ({ name, args }: PlainCall, key = "arguments") => JSON.stringify({ name, [key]: args });
const lines = (write: (call: PlainCall) => string) => (calls: readonly PlainCall[]) => calls.map(write).join("\n");

function tags(args: PlainCall["args"], write: (key: string, value: string) => string): string {
  const entries = Object.entries(args);
  return entries.map(([key, value]) => write(key, typeof value === "string" ? value : JSON.stringify(value))).join(
    "\n",
  );
}

/** Writes a value approximately as Python's repr() does. */
function repr(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value).map(([key, item]) => `${repr(key)}: ${repr(item)}`)}}`;
  }
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll(/\\"|'/g, (quote) => quote === "'" ? "\\'" : '"');
  return `'${escaped}'`;
}

const keywords = ({ name, args }: PlainCall) =>
  `${name}(${Object.entries(args).map(([key, value]) => `${key}=${repr(value)}`).join(", ")})`;

/** All syntaxes. */
export const syntaxes: readonly Syntax[] = [
  { name: "<tool_call> tags", write: lines((call) => `<tool_call>${json(call)}</tool_call>`) },
  {
    name: "<tool_call> tags on lines of their own",
    write: lines((call) => `<tool_call>\n${json(call)}\n</tool_call>`),
  },
  { name: "<tool_call> without its end", write: lines((call) => `<tool_call>${json(call)}`) },
  { name: "one <tool_call> for all", write: (calls) => `<tool_call>[${calls.map((call) => json(call))}]</tool_call>` },
  { name: "<tools> tags", write: lines((call) => `<tools>\n${json(call)}\n</tools>`) },
  { name: "JSON objects", write: lines((call) => json(call)) },
  { name: "JSON objects with parameters", write: lines((call) => json(call, "parameters")) },
  {
    name: "JSON objects in a list",
    write: (calls) => JSON.stringify(calls.map(({ name, args }) => ({ name, arguments: args })), null, 2),
  },
  {
    name: "JSON objects in a fence",
    write: (calls) => `\`\`\`json\n${calls.map((call) => json(call)).join("\n")}\n\`\`\``,
  },
  { name: "a fence for each JSON object", write: lines((call) => `\`\`\`\n${json(call)}\n\`\`\``) },
  {
    name: "JSON objects with the name last",
    write: lines(({ name, args }) => JSON.stringify({ parameters: args, name })),
  },
  {
    name: "JSON objects with arguments as a string",
    write: lines(({ name, args }) => JSON.stringify({ name, arguments: JSON.stringify(args) })),
  },
  {
    name: "OpenAI's tool_calls",
    write: (calls) =>
      JSON.stringify({
        content: null,
        tool_calls: calls.map(({ name, args }, index) => ({
          function: { arguments: JSON.stringify(args), name },
          id: `call_${index}`,
          type: "function",
        })),
      }),
  },
  { name: "Python dicts", write: lines(({ name, args }) => repr({ name, arguments: args })) },
  {
    name: "Llama's <|python_tag|>",
    write: (calls) => `<|python_tag|>${calls.map((call) => json(call, "parameters")).join("; ")}<|eom_id|>`,
  },
  {
    name: "Llama's .call()",
    write: lines(({ name, args }) => `<|python_tag|>${keywords({ name: `${name}.call`, args })}`),
  },
  {
    name: "Mistral's [TOOL_CALLS] with a list",
    write: (calls) => `[TOOL_CALLS] [${calls.map((call) => json(call))}]</s>`,
  },
  {
    name: "Mistral's [TOOL_CALLS] with names",
    write: (calls) => calls.map(({ name, args }) => `[TOOL_CALLS]${name}${JSON.stringify(args)}`).join(""),
  },
  {
    name: "Mistral's [ARGS]",
    write: (calls) =>
      calls.map(({ name, args }) => `[TOOL_CALLS]${name}[CALL_ID]a1b2c3d4e[ARGS]${JSON.stringify(args)}`).join(""),
  },
  {
    name: "Mistral's [ARGS] without [TOOL_CALLS]",
    write: (calls) => calls.map(({ name, args }) => `${name}[ARGS]${JSON.stringify(args)}`).join(""),
  },
  { name: "LM Studio's [TOOL_REQUEST]", write: lines((call) => `[TOOL_REQUEST]${json(call)}[END_TOOL_REQUEST]`) },
  { name: "Granite's <|tool_call|>", write: (calls) => `<|tool_call|>[${calls.map((call) => json(call))}]` },
  {
    name: "<function=name> with JSON",
    write: lines(({ name, args }) => `<function=${name}>${JSON.stringify(args)}</function>`),
  },
  {
    name: "Qwen3-Coder's tags",
    end: "</parameter>",
    write: lines(({ name, args }) =>
      `<tool_call>\n<function=${name}>\n${
        tags(args, (key, value) => `<parameter=${key}>\n${value}\n</parameter>`)
      }\n</function>\n</tool_call>`
    ),
  },
  {
    name: "<invoke> tags",
    end: "</parameter>",
    write: (calls) =>
      `<function_calls>\n${
        lines(({ name, args }) =>
          `<invoke name="${name}">${
            tags(
              args,
              (key, value) => `<parameter name="${key}">${value.startsWith("\n") ? `\n${value}\n` : value}</parameter>`,
            )
          }</invoke>`
        )(calls)
      }\n</function_calls>`,
  },
  {
    name: "GLM's <arg_key> tags",
    end: "</arg_value>",
    write: lines(({ name, args }) =>
      `<tool_call>${name}\n${
        tags(args, (key, value) => `<arg_key>${key}</arg_key>\n<arg_value>\n${value}\n</arg_value>`)
      }\n</tool_call>`
    ),
  },
  {
    name: "MiniCPM's <param> tags",
    end: "]]>",
    write: lines(({ name, args }) =>
      `<function name="${name}">${
        tags(
          args,
          (key, value) => `<param name="${key}">${/[<&\n]/.test(value) ? `<![CDATA[${value}]]>` : value}</param>`,
        )
      }</function>`
    ),
  },
  { name: "Firefunction's list", write: (calls) => `functools[${calls.map((call) => json(call)).join(", ")}]` },
  { name: "Python calls", write: lines(keywords) },
  { name: "Python calls in a fence", write: (calls) => `\`\`\`tool_code\n${calls.map(keywords).join("\n")}\n\`\`\`` },
  { name: "Python calls in a list", write: (calls) => `[${calls.map(keywords).join(", ")}]` },
  {
    name: "gpt-oss channels",
    write: (calls) =>
      `<|channel|>analysis<|message|>I call <tool_call>.<|end|>${
        calls.map(({ name, args }) =>
          `<|start|>assistant<|channel|>commentary to=functions.${name} <|constrain|>json<|message|>${
            JSON.stringify(args)
          }<|call|>`
        ).join("")
      }`,
  },
  {
    name: "gpt-oss channels, recipient first",
    write: (calls) =>
      calls.map(({ name, args }) =>
        `<|start|>assistant to=functions.${name}<|channel|>commentary json<|message|>${JSON.stringify(args)}<|call|>`
      ).join(""),
  },
  {
    name: "Functionary's recipients",
    write: (calls) => calls.map(({ name, args }) => `>>>${name}\n${JSON.stringify(args)}`).join(""),
  },
  {
    name: "Functionary's recipients, the first without its mark",
    write: (calls) => calls.map(({ name, args }) => `${name}\n${JSON.stringify(args)}`).join(">>>"),
  },
  {
    name: "Kimi's sections",
    write: (calls) =>
      `<|tool_calls_section_begin|>${
        calls.map(({ name, args }, index) =>
          `<|tool_call_begin|>functions.${name}:${index}<|tool_call_argument_begin|>${
            JSON.stringify(args)
          }<|tool_call_end|>`
        ).join("")
      }<|tool_calls_section_end|>`,
  },
  {
    name: "DeepSeek's sections",
    write: (calls) =>
      `<｜tool▁calls▁begin｜>${
        lines(({ name, args }) =>
          `<｜tool▁call▁begin｜>function<｜tool▁sep｜>${name}\n\`\`\`json\n${
            JSON.stringify(args)
          }\n\`\`\`<｜tool▁call▁end｜>`
        )(calls)
      }<｜tool▁calls▁end｜>`,
  },
];
