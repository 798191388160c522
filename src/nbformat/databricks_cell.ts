/**
 * Reads the cells of a Databricks notebook that was exported as a Python file. Its lines of other languages and markdown begin with
 * `# MAGIC`.
 *
 * @module
 */

import type { JsonObject } from "./json_text.ts";
import type { FileCell } from "./notebook_file.ts";

/** The first line of the file. */
export const DATABRICKS_HEADER = /^# Databricks notebook source[ \t]*\n?/;

const MAGIC = /^# MAGIC ?/;

const TITLE = /^# DBTITLE \d+,(.*)\n?/;

/** The language on the first line of a cell. */
const LANGUAGE = /^%(\w+)[ \t]*\n?/;

/** Parses the text of a cell, which is between two markers. */
export function readDatabricksCell(text: string): FileCell {
  const title = TITLE.exec(text)?.[1].trim();
  const metadata: JsonObject = title === undefined ? {} : { title };
  const body = text.replace(TITLE, "");
  const lines = body.split("\n");
  if (!lines.every((line) => line === "" || MAGIC.test(line)) || body === "") {
    return { type: "code", source: body, metadata, outputs: [] };
  }
  const source = lines.map((line) => line.replace(MAGIC, "")).join("\n");
  const language = LANGUAGE.exec(source)?.[1];
  const rest = source.replace(LANGUAGE, "");
  if (language === "md") return { type: "markdown", source: rest, metadata, outputs: [] };
  if (language === "python") return { type: "code", source: rest, metadata, outputs: [] };
  const isCellMagic = language !== undefined && rest.trim() !== "" && source.startsWith(`%${language}\n`);
  return { type: "code", source: isCellMagic ? `%%${language}\n${rest}` : source, metadata, outputs: [] };
}
