/**
 * Finds the reason for a failure in a text: plain words, a web page, or an error in JSON or as a Python literal. Gateways quote the
 * error of the server behind them in such a way.
 *
 * @module
 */

/** How many characters of a text are read. A reason is at the beginning. */
export const MAX_REASON_LENGTH = 8_000;

/** Matches the beginning of an error object in a text: in JSON, in a Python literal, or in either with escaped quotes. */
const ERROR_OBJECT =
  /(?:\bb['"])?(?:[[{][[{\s]{0,20}\\{0,8}['"](?:error|errors|detail|message|msg|object|code|status|loc|type\\{0,8}['"]\s*:\s*\\{0,8}['"]error)\\{0,8}['"]|\[\s*\{\s*\\{0,8}['"]type\\{0,8}['"])/i;

/** The fields of an error object that is not JSON, the most informative first. */
const FIELDS = ["message", "msg", "detail", "error"].map((name) =>
  new RegExp(`\\\\*(['"])${name}\\\\*\\1\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)|'((?:[^'\\\\]|\\\\.)*))`, "is")
);

/** Titles of web pages without information. */
const EMPTY_TITLE = /^(?:error(?: response)?)?$/i;

/**
 * Reads the reason that a text gives.
 *
 * @param read finds the reason in a JSON value inside the text
 * @returns the reason; empty if there is none
 */
export function readTextReason(text: string, read: (nested: unknown) => string): string {
  const said = text.slice(0, MAX_REASON_LENGTH).trim();
  if (/^<(?:!doctype|html|head|body|\?xml|center|h1|title)\b/i.test(said)) return readPage(said);
  const start = ERROR_OBJECT.exec(said);
  if (start === null || isInObject(said.slice(0, start.index))) return said;
  const from = said.slice(start.index);
  const end = Math.max(from.lastIndexOf("}"), from.lastIndexOf("]")) + 1;
  const object = end === 0 ? from : from.slice(0, end);
  const reason = read(parse(object.replace(/^b['"]/, ""))) || readLiteral(object, read);
  if (reason === "") return said;
  const before = said.slice(0, start.index);
  const behind = from.slice(object.length).replace(/^['"]/, "");
  return `${before.includes(reason) ? before.replace(/[\s:-]+$/, "") : before + reason}${
    /\w/.test(behind) ? behind : ""
  }`;
}

/** Whether a text ends inside of an object, such as a quoted schema. Then the object that follows is not an error. */
function isInObject(before: string): boolean {
  return before.split("{").length > before.split("}").length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads an error object that is not JSON: a Python literal, or a truncated object. */
function readLiteral(object: string, read: (nested: unknown) => string): string {
  for (const field of FIELDS) {
    const match = field.exec(object);
    const value = match?.[2] ?? match?.[3];
    if (value !== undefined && value !== "") return read(unescape(value));
  }
  return "";
}

function unescape(literal: string): string {
  return literal.replace(/\\(u[0-9a-f]{4}|[^])/gi, (_, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[nrt]/.test(escape) ? " " : escape;
  });
}

/** Reads the title of a web page, or its first words if the title has no information. */
function readPage(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1].trim() ?? "";
  if (!EMPTY_TITLE.test(title)) return decodeEntities(title);
  const words = /<(?:pre|h1|p|body)\b[^>]*>([^]*)/i.exec(html)?.[1] ?? "";
  return decodeEntities(
    words.replace(/<(?:script|style)\b[^]*?(?:<\/(?:script|style)>|$)/gi, "").replace(/<[^>]*>/g, " ").trim(),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

function decodeEntities(text: string): string {
  return text.replace(/&(#39|\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
