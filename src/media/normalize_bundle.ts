/**
 * Validates and normalizes a MIME bundle. The result is plain JSON in the shapes that nbformat defines.
 *
 * @module
 */

import type { MimeBundle, MimeMetadata } from "./mime_bundle.ts";
import { isJson, isPlainObject, type JsonValue, withFiniteNumbers } from "./json_value.ts";
import { sanitizeSvg } from "./sanitize_svg.ts";
import { isBinaryType, isJsonType, isTextType, readMimeType } from "./mime_type.ts";
import { placeholderText } from "./placeholder_text.ts";
import { pythonRepr } from "./python_repr.ts";
import { type RasterImageType, readRasterImage } from "./raster_image.ts";
import { SvgError } from "./svg_error.ts";

/** A bundle that can be shown. */
export interface NormalizedBundle {
  /** The representations. `text/plain` is always present. */
  data: MimeBundle;
  /** The metadata. Empty if there was none. */
  metadata: MimeMetadata;
  /** One sentence for each part that was dropped, written for the model that produced the bundle. */
  dropped: string[];
}

/** The normalized content of a type, and a message if some of it was lost. A type without content has neither. */
interface Normalized {
  content?: JsonValue;
  loss?: string;
}

/**
 * Drops content that cannot be normalized.
 *
 * @param data the representations by MIME type, in any form that a model may have written
 */
export function normalizeBundle(data: unknown, metadata?: unknown): NormalizedBundle {
  const dropped: string[] = [];
  const normalized: MimeBundle = {};
  const given = representations(data, dropped);
  for (const [key, value] of Object.entries(given)) {
    const mimeType = readMimeType(key);
    if (mimeType === undefined) {
      dropped.push(`${JSON.stringify(key)} was dropped: it is not a MIME type such as "text/plain" or "text/html".`);
      continue;
    }
    if (Object.hasOwn(normalized, mimeType)) continue;
    const { content, loss } = normalize(mimeType, value);
    if (content !== undefined) normalized[mimeType] = content;
    if (loss !== undefined) dropped.push(`${mimeType} ${loss}`);
  }
  normalized["text/plain"] ??= placeholderText(Object.keys(normalized).length > 0 ? normalized : onlyTypes(given));
  return { data: normalized, metadata: normalizeMetadata(metadata, dropped), dropped };
}

function representations(data: unknown, dropped: string[]): Record<string, unknown> {
  if (isPlainObject(data)) return data;
  dropped.push('data was shown as text/plain: it must be an object by MIME type, such as {"text/plain": "5"}.');
  return data === undefined ? {} : { "text/plain": data };
}

/** Returns the given types without content, to choose a placeholder if all content was dropped. */
function onlyTypes(given: Record<string, unknown>): MimeBundle {
  const mimeTypes = Object.keys(given).map(readMimeType).filter((mimeType) => mimeType !== undefined);
  return Object.fromEntries(mimeTypes.map((mimeType) => [mimeType, null]));
}

function normalizeMetadata(given: unknown, dropped: string[]): MimeMetadata {
  const metadata = withFiniteNumbers(given);
  if (metadata === undefined || metadata === null) return {};
  if (isPlainObject(metadata) && isJson(metadata)) return metadata as MimeMetadata;
  dropped.push("metadata was dropped: it must be an object.");
  return {};
}

function normalize(mimeType: string, given: unknown): Normalized {
  const value = withFiniteNumbers(given);
  if (value === undefined || (value === null && mimeType !== "text/plain")) return {};
  if (!isJson(value)) return { loss: "was dropped: its content is not JSON." };
  if (mimeType === "image/svg+xml") return sanitizeSvgContent(value);
  if (isTextType(mimeType)) return { content: toText(mimeType, value) };
  if (isJsonType(mimeType)) return normalizeJson(value);
  if (isBinaryType(mimeType)) return normalizeBinary(mimeType, value);
  return { content: value };
}

/** Joins a list of lines, as nbformat does. Other values are written for `text/plain` as Python prints them. */
function toText(mimeType: string, value: JsonValue): string {
  if (typeof value === "string") return value;
  if (isLines(value)) return value.join("");
  return mimeType === "text/plain" ? pythonRepr(value) : JSON.stringify(value);
}

function normalizeJson(value: JsonValue): Normalized {
  const content = typeof value === "string" ? parseJson(value) : value;
  if (typeof content === "object" && content !== null) return { content };
  return { loss: "was dropped: its content is neither a JSON object nor a list." };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value = withFiniteNumbers(JSON.parse(text));
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sanitizeSvgContent(value: JsonValue): Normalized {
  try {
    const { svg, removed } = sanitizeSvg(toText("image/svg+xml", value));
    return removed.length === 0 ? { content: svg } : {
      content: svg,
      loss: `was shown without ${
        removed.join(", ")
      }: an SVG in a notebook runs no code, fetches nothing, and is drawn at once.`,
    };
  } catch (error) {
    if (!(error instanceof SvgError)) throw error;
    return { loss: `was dropped: ${error.message}.` };
  }
}

function normalizeBinary(mimeType: string, value: JsonValue): Normalized {
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
