/**
 * Checks a MIME bundle and mends it, so that what is shown is plain JSON in the shapes that notebooks know.
 *
 * @module
 */

import type { JsonValue, MimeBundle, MimeMetadata } from "../execution/execution_context.ts";
import { isJson, isPlainObject } from "./json_value.ts";
import { mendSvg } from "./sanitize_svg.ts";
import { isBinaryType, isJsonType, isTextType, readMimeType } from "./mime_type.ts";
import { placeholderText } from "./placeholder_text.ts";
import { type RasterImageType, readRasterImage } from "./raster_image.ts";
import { SvgError } from "./svg_error.ts";

/** A bundle that can be shown. */
export interface MendedBundle {
  /** Its representations; `text/plain` is always among them. */
  data: MimeBundle;
  /** Notes on them; empty where none were given. */
  metadata: MimeMetadata;
  /** A sentence for each thing that was lost, fit to be told to whoever wrote the bundle. */
  dropped: string[];
}

/** The mended content of one type, and what was lost; neither for a type without content. */
interface Mended {
  content?: JsonValue;
  loss?: string;
}

/**
 * Mends a bundle. What cannot be mended is left out.
 *
 * @param data the representations by MIME type; whatever a model made of them
 * @param metadata notes on them
 */
export function mendBundle(data: unknown, metadata?: unknown): MendedBundle {
  const dropped: string[] = [];
  const mended: MimeBundle = {};
  const given = representations(data, dropped);
  for (const [key, value] of Object.entries(given)) {
    const mimeType = readMimeType(key);
    if (mimeType === undefined) {
      dropped.push(`${JSON.stringify(key)} was dropped: it is not a MIME type such as "text/plain" or "text/html".`);
      continue;
    }
    if (Object.hasOwn(mended, mimeType)) continue;
    const { content, loss } = mend(mimeType, value);
    if (content !== undefined) mended[mimeType] = content;
    if (loss !== undefined) dropped.push(`${mimeType} ${loss}`);
  }
  mended["text/plain"] ??= placeholderText(Object.keys(mended).length > 0 ? mended : onlyTypes(given));
  return { data: mended, metadata: mendMetadata(metadata, dropped), dropped };
}

/** The representations as an object; one that was encoded twice is decoded. */
function representations(data: unknown, dropped: string[]): Record<string, unknown> {
  if (isPlainObject(data)) return data;
  const decoded = typeof data === "string" ? parseJson(data) : undefined;
  if (isPlainObject(decoded) && Object.keys(decoded).some(readMimeType)) return decoded;
  dropped.push('data was shown as text/plain: it must be an object by MIME type, such as {"text/plain": "5"}.');
  return data === undefined ? {} : { "text/plain": data };
}

/** The types that were given, for the name of what was lost with all of them. */
function onlyTypes(given: Record<string, unknown>): MimeBundle {
  const mimeTypes = Object.keys(given).map(readMimeType).filter((mimeType) => mimeType !== undefined);
  return Object.fromEntries(mimeTypes.map((mimeType) => [mimeType, null]));
}

function mendMetadata(metadata: unknown, dropped: string[]): MimeMetadata {
  if (metadata === undefined || metadata === null) return {};
  if (isPlainObject(metadata) && isJson(metadata)) return metadata as MimeMetadata;
  dropped.push("metadata was dropped: it must be an object.");
  return {};
}

function mend(mimeType: string, value: unknown): Mended {
  if (value === undefined || (value === null && mimeType !== "text/plain")) return {};
  if (!isJson(value)) return { loss: "was dropped: its content is not JSON." };
  if (mimeType === "image/svg+xml") return mendSvgContent(value);
  if (isTextType(mimeType)) return { content: toText(mimeType, value) };
  if (isJsonType(mimeType)) return mendJson(value);
  if (isBinaryType(mimeType)) return mendBinary(mimeType, value);
  return { content: value };
}

/** Lists of lines are joined, as nbformat does; anything else looks in `text/plain` as Python prints it. */
function toText(mimeType: string, value: JsonValue): string {
  if (typeof value === "string") return value;
  if (isLines(value)) return value.join("");
  if (mimeType === "text/plain" && value === null) return "None";
  if (mimeType === "text/plain" && typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value);
}

function mendJson(value: JsonValue): Mended {
  const content = typeof value === "string" ? parseJson(value) : value;
  if (typeof content === "object" && content !== null) return { content };
  return { loss: "was dropped: its content is neither a JSON object nor a list." };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mendSvgContent(value: JsonValue): Mended {
  try {
    const { svg, removed } = mendSvg(toText("image/svg+xml", value));
    return removed.length === 0 ? { content: svg } : {
      content: svg,
      loss: `was shown without ${removed.join(", ")}: an SVG in a notebook neither runs code nor fetches anything.`,
    };
  } catch (error) {
    if (!(error instanceof SvgError)) throw error;
    return { loss: `was dropped: ${error.message}.` };
  }
}

function mendBinary(mimeType: string, value: JsonValue): Mended {
  const text = isLines(value) ? value.join("") : value;
  if (typeof text !== "string") return { loss: "was dropped: its content is not a string in base64." };
  if (!isChecked(mimeType)) return { content: text };
  const content = readRasterImage(mimeType, text);
  return content !== undefined ? { content } : {
    loss: "was dropped: its content is not a whole picture of that type in base64. " +
      "Do not encode pictures: draw them as image/svg+xml.",
  };
}

function isChecked(mimeType: string): mimeType is RasterImageType {
  return mimeType === "image/png" || mimeType === "image/jpeg";
}

function isLines(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}
