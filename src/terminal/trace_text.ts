/**
 * Writes a cell's record for a terminal: what the model was asked, and what it answered.
 *
 * @module
 */

import type { CellTrace, TracedPart, TracedRequest, TracedTurn } from "../execution/trace/cell_trace.ts";
import {
  describeCell,
  describeCellEnd,
  describeDuration,
  describeReplyEnd,
  describeShape,
  describeTokens,
  describeWhy,
} from "../execution/trace/describe_trace.ts";
import { withoutControls } from "./control_filter.ts";
import { counted } from "./counted.ts";
import type { Style } from "./style.ts";

/** How far what was said stands to the right of what is said about it. */
const INDENT = "    ";

/** Writes a record as text that ends with a blank line. Of the terminal's control sequences only ours are in it. */
export function formatTrace(trace: CellTrace, style: Style): string {
  const { requests, requestsLeftOut = 0, error } = trace;
  const lines = [
    style.paint("bold", `${describeCell(trace)} ${plain(describeCellEnd(trace))}`),
    facts([
      plain(trace.model),
      plain(trace.startedAt),
      trace.cellId === undefined ? undefined : `cell ${plain(trace.cellId)}`,
      `${describeDuration(trace.totalMs)} in all`,
      trace.firstTokenMs === undefined ? undefined : `first token after ${describeDuration(trace.firstTokenMs)}`,
      counted(trace.usage.requests, "request"),
      describeTokens(trace.usage),
    ], style),
    ...error === undefined ? [] : [style.paint("red", plain(error))],
    ...requests.flatMap((request) => ["", ...formatRequest(request, style)]),
    ...requestsLeftOut === 0 ? [] : ["", style.paint("dim", `${counted(requestsLeftOut, "request")} more, not kept`)],
  ];
  return `${lines.join("\n")}\n\n`;
}

function formatRequest(request: TracedRequest, style: Style): string[] {
  const { problem, attempts, retries, waits, failure, usage, replyCharacters, isReplyCut, firstTokenMs } = request;
  return [
    style.paint("cyan", plain(describeWhy(request))),
    ...problem === undefined ? [] : [indent(style.paint("yellow", plain(problem)))],
    facts([
      plain(describeShape(request)),
      counted(request.messages, "message"),
      `about ${counted(request.estimatedTokens, "token")}`,
      attempts > 1 ? `sent ${attempts} times` : undefined,
    ], style),
    ...request.turns.map((turn) => indent(formatTurn(turn, style))),
    ...[...retries, ...waits.filter((wait) => !retries.includes(wait))].map((line) =>
      style.paint("yellow", plain(line))
    ),
    style.paint("cyan", `Answered (${plain(describeReplyEnd(request))})`),
    facts([
      describeDuration(request.totalMs),
      firstTokenMs === undefined ? undefined : `first token after ${describeDuration(firstTokenMs)}`,
      usage && describeTokens(usage),
      isReplyCut ? `the beginning of ${counted(replyCharacters, "character")}` : undefined,
    ], style),
    ...request.reply.map((part) => indent(formatPart(part, style))),
    ...failure === undefined ? [] : [style.paint("red", plain(failure))],
  ];
}

/** A turn, its hints in another colour. */
function formatTurn({ content, hints = [] }: TracedTurn, style: Style): string {
  let rest = content;
  let text = "";
  for (const hint of hints) {
    const at = rest.indexOf(hint);
    if (at === -1) continue;
    text += plain(rest.slice(0, at)) + style.paint("magenta", plain(hint));
    rest = rest.slice(at + hint.length);
  }
  return text + plain(rest);
}

function formatPart(part: TracedPart, style: Style): string {
  switch (part.type) {
    case "call":
      return `${style.paint("blue", plain(part.name))} ${plain(part.arguments)}`;
    case "thoughts":
      return style.paint("dim", plain(part.text));
    default:
      return plain(part.text);
  }
}

function facts(given: readonly (string | undefined)[], style: Style): string {
  return style.paint("dim", given.filter((fact) => fact !== undefined).join(", "));
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, INDENT);
}

/** Foreign text. A carriage return would write over the line. */
function plain(text: string): string {
  return withoutControls(text.replaceAll("\r", "\\r"));
}
