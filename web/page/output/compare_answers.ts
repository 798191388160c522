/**
 * Compares two answers to a cell: the lines of their texts, and their pictures.
 *
 * @module
 */

import type { MediaContainer, Representations } from "../../../src/notebook/schema/media.ts";
import { shownRepresentations } from "../../../src/notebook/schema/media.ts";
import { counted } from "../../../src/terminal/counted.ts";
import type { ShownOutput } from "../store/read_outputs.ts";
import { ansiLines } from "./ansi_lines.ts";
import { countChanged, type DiffLine, diffLines } from "./diff_lines.ts";

/** A picture of the previous answer and the one in its place now. One side is absent if the other answer has more pictures. */
export interface PicturePair {
  before?: Representations;
  now?: Representations;
  isSame: boolean;
}

export interface AnswerDifference {
  /** All lines of both texts. */
  lines: DiffLine[];
  /** The number of `lines` that differ. */
  changedLines: number;
  pictures: PicturePair[];
  /** The number of picture pairs that differ. */
  changedPictures: number;
}

/** The text formats, those with the most informative lines first. */
const TEXTS = ["text/plain", "text/markdown", "text/latex", "application/json", "text/html"];

/** Compares two answers. Colours and the numbers of `Out[3]` are ignored. */
export function compareAnswers(before: readonly ShownOutput[], now: readonly ShownOutput[]): AnswerDifference {
  const lines = diffLines(linesOf(before), linesOf(now));
  const [old, current] = [before.flatMap(pictureOf), now.flatMap(pictureOf)];
  const pictures = Array.from({ length: Math.max(old.length, current.length) }, (_, index) => ({
    before: old[index],
    now: current[index],
    isSame: JSON.stringify(old[index]) === JSON.stringify(current[index]),
  }));
  const changedPictures = pictures.filter(({ isSame }) => !isSame).length;
  return { lines, changedLines: countChanged(lines), pictures, changedPictures };
}

/** For example `Same answer as before`, `2 lines and 1 picture differ from the previous answer`. */
export function describeDifference({ changedLines, changedPictures }: AnswerDifference): string {
  const counts = [[changedLines, "line"], [changedPictures, "picture"]] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun));
  if (parts.length === 0) return "Same answer as before";
  const verb = changedLines + changedPictures === 1 ? "differs" : "differ";
  return `${parts.join(" and ")} ${verb} from the previous answer`;
}

/** Returns the lines of all texts in order, without colours. */
function linesOf(outputs: readonly ShownOutput[]): string[] {
  return outputs.flatMap((output) => {
    const text = textOf(output);
    return text === "" ? [] : ansiLines(text).map((pieces) => pieces.map((piece) => piece.text).join(""));
  });
}

function textOf(output: ShownOutput): string {
  if (output.kind === "stream") return output.text;
  if (output.kind === "error") return output.traceback.join("\n");
  if (pictureOf(output).length > 0) return "";
  const forms = shownRepresentations(output.representations);
  const type = TEXTS.find((name) => name in forms) ?? Object.keys(forms)[0];
  return type === undefined ? "" : textIn(type, forms[type]);
}

function textIn(type: string, content: MediaContainer): string {
  if (content.type === "artifact") return `[${type}, kept as ${content.artifactId}]`;
  const { data } = content;
  return typeof data === "string" ? data : JSON.stringify(data, null, 2) ?? "";
}

/** Returns the picture of an output in a list of one, with its description. Empty if there is none. */
function pictureOf(output: ShownOutput): Representations[] {
  if (output.kind !== "rich") return [];
  const forms = shownRepresentations(output.representations);
  const isPicture = (type: string) => type.startsWith("image/");
  // A table, for example, is rendered in place of its picture and compared as text.
  if (!Object.keys(forms).some(isPicture) || "text/html" in forms || "text/markdown" in forms) return [];
  return [Object.fromEntries(Object.entries(forms).filter(([type]) => isPicture(type) || type === "text/plain"))];
}
