/**
 * Formats a cell's trace for a terminal: the requests to the model, and its replies.
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

/** The indentation of quoted text, which follows the description of a turn or a reply. */
const INDENT = "    ";

/** Returns the text of a trace, with a blank line at its end. Control sequences in the trace are removed. */
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
    style.paint("cyan", `Reply (${plain(describeReplyEnd(request))})`),
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

/** Formats a turn, with its hints in another colour. */
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

/** Filters foreign text, and shows a carriage return as `\r`, because it would overwrite the line. */
function plain(text: string): string {
  return withoutControls(text.replaceAll("\r", "\\r"));
}
