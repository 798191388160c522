/**
 * Upgrades notebooks of nbformat 2 and 3 to nbformat 4.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";
import { multiline } from "./multiline.ts";

/** The output types that have other names in nbformat 4. */
const OUTPUT_TYPES: Readonly<Record<string, string>> = { pyout: "execute_result", pyerr: "error" };

/** The names of MIME types before nbformat 4. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
};

/** A notebook in the form of nbformat 4. */
export interface UpgradedNotebook {
  metadata: JsonObject;
  cells: FileJson[];
}

/** Upgrades a notebook. The cells of all worksheets are joined, in order. */
export function upgradeNotebook(notebook: JsonObject): UpgradedNotebook {
  const worksheets = Array.isArray(notebook.worksheets) ? notebook.worksheets : [];
  const { name, ...metadata } = isJsonObject(notebook.metadata) ? notebook.metadata : {};
  return {
    metadata: typeof name === "string" && name !== "" ? { title: name, ...metadata } : metadata,
    cells: worksheets.flatMap((sheet) => isJsonObject(sheet) && Array.isArray(sheet.cells) ? sheet.cells : []),
  };
}

/** Upgrades a cell; returns a cell of nbformat 4 unchanged. */
export function upgradeCell(cell: JsonObject): JsonObject {
  switch (cell.cell_type) {
    case "heading": {
      const { level, ...rest } = cell;
      const title = multiline(cell.source).split(/\r?\n/).join(" ");
      return { ...rest, cell_type: "markdown", source: `${"#".repeat(headingLevel(level))} ${title}` };
    }
    case "html":
      return { ...cell, cell_type: "markdown" };
    case "code": {
      const { input, prompt_number, language: _, collapsed, metadata, ...rest } = cell;
      return {
        ...rest,
        source: cell.source ?? input,
        execution_count: cell.execution_count ?? prompt_number,
        metadata: collapsed === true ? { ...isJsonObject(metadata) ? metadata : {}, collapsed } : metadata,
      };
    }
    default:
      return cell;
  }
}

/** Upgrades an output; returns an output of nbformat 4 unchanged. */
export function upgradeOutput(output: JsonObject): JsonObject {
  const type = OUTPUT_TYPES[String(output.output_type)] ?? output.output_type;
  if (type === "stream" && output.name === undefined && output.stream !== undefined) {
    return { output_type: type, name: output.stream, text: output.text };
  }
  const hasBundle = type === "execute_result" || type === "display_data";
  if (!hasBundle || output.data !== undefined) {
    return type === output.output_type ? output : { ...output, output_type: type };
  }
  const { output_type: _, prompt_number, metadata = {}, ...forms } = output;
  const data = Object.entries(forms).map(([name, content]): [string, FileJson] => [
    Object.hasOwn(MIME_TYPES, name) ? MIME_TYPES[name] : name,
    name === "json" ? parsed(content) : content,
  ]);
  const bundle: JsonObject = { output_type: type, data: Object.fromEntries(data), metadata };
  return type === "execute_result" ? { ...bundle, execution_count: prompt_number ?? null } : bundle;
}

function headingLevel(level: FileJson | undefined): number {
  return Math.min(6, Math.max(1, Math.trunc(Number(level)) || 1));
}

/** Parses the JSON text of an old output. */
function parsed(content: FileJson): FileJson {
  try {
    return JSON.parse(multiline(content));
  } catch {
    return multiline(content);
  }
}
