/**
 * The programming language of a notebook file.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";

/** The names that kernels use for Python and for systems that are based on it. */
const PYTHON = /^(?:i?python|py(?:spark|odide)|xpython|xeus-python|sage(?:math)?|conda-|\.?venv)/i;

/** The languages of known kernels, for files that do not name a language. */
const KERNELS: readonly [kernel: RegExp, language: string][] = [
  [/^julia/i, "Julia"],
  [/^ir\b/i, "R"],
  [/^(?:js|javascript|node)/i, "JavaScript"],
  [/^(?:ts|typescript|deno)/i, "TypeScript"],
  [/^(?:bash|sh|zsh)\b/i, "Bash"],
  [/^(?:xcpp|c\+\+)/i, "C++"],
  [/^(?:rust|evcxr)/i, "Rust"],
];

/**
 * Returns the language of a notebook that is not in Python.
 *
 * @returns the language with a capital letter, such as `Julia`; `undefined` if the notebook is in Python or its language is unknown
 */
export function foreignLanguage(metadata: JsonObject): string | undefined {
  const kernelspec = isJsonObject(metadata.kernelspec) ? metadata.kernelspec : {};
  const info = isJsonObject(metadata.language_info) ? metadata.language_info : {};
  const language = text(info.name) ?? text(kernelspec.language);
  if (language !== undefined) return PYTHON.test(language) ? undefined : capitalized(language);
  const kernel = text(kernelspec.name) ?? "";
  return KERNELS.find(([pattern]) => pattern.test(kernel))?.[1];
}

function text(value: FileJson | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function capitalized(language: string): string {
  return language === language.toLowerCase() ? language[0].toUpperCase() + language.slice(1) : language;
}
