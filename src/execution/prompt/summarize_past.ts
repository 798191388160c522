/**
 * Summarizes the definitions of cells that are no longer sent, as Python code.
 *
 * @module
 */

import { Detail, pastCode, writeStatements, type WrittenStatement } from "./past_code.ts";
import type { Past } from "./past_names.ts";

export interface SummaryOptions {
  /** The definitions of the left-out cells. */
  past: Past;
  /** The names that cells use which are still sent. */
  usedLater: ReadonlySet<string>;
  /** The length that the summary may have, in tokens. */
  maxTokens: number;
  /** Estimates the number of tokens in a text. */
  estimate: (text: string) => number;
}

/** The share of the summary that a statement may take before all others have their brief form. */
const LARGE_SHARE = 1 / 8;

/** The approximate number of characters per token, used to distinguish large from small statements. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Writes Python code that defines every name that exists after the cells: first the imports, then the last definition of each name,
 * in order, with a comment if its value was changed later. Older definitions are written if existing values were made from them. The
 * same options always give the same text.
 *
 * If this does not fit, less detail is written: functions as signatures and long values as `...`, then only names. Definitions that
 * later cells use, directly or through others, get detail first. After them, functions and classes come before values, small before
 * large, and new before old. A larger limit never removes detail from a used name. Names are left out only if not all of them fit:
 * unused names first, the oldest first. A comment says how many are left out.
 */
export function summarizePast({ past, usedLater, maxTokens, estimate }: SummaryOptions): string {
  const written = writeStatements(past);
  const details: (Detail | undefined)[] = written.map(() => Detail.full);
  const none: ReadonlySet<string> = new Set();
  const write = (omittedImports = none) => pastCode(past, written, { details, omittedImports });
  const fits = () => estimate(write()) <= maxTokens;
  if (fits()) return write();
  details.fill(Detail.names);
  const used = usedNames(past, usedLater);
  if (!fits()) {
    return leaveOut(past, written, used, details, (omitted) => [write(omitted), estimate(write(omitted)) <= maxTokens]);
  }
  addDetail(written, used, details, maxTokens, fits);
  return write();
}

/** Returns the names that are used later, and those that their definitions use in turn. */
function usedNames({ owners }: Past, usedLater: ReadonlySet<string>): Set<string> {
  const used = new Set(usedLater);
  // Iterating over a set includes elements that are added meanwhile.
  for (const name of used) {
    for (const each of owners.get(name)?.statement.uses ?? []) used.add(each);
  }
  return used;
}

/** A step that gives one statement more detail. */
interface Step {
  index: number;
  detail: Detail;
}

/** Adds detail in a fixed order. Each run of steps stops where the next step would not fit. */
function addDetail(
  written: readonly WrittenStatement[],
  used: ReadonlySet<string>,
  details: (Detail | undefined)[],
  maxTokens: number,
  fits: () => boolean,
): void {
  const isUsed = written.map(({ names }) => names.some((name) => used.has(name)));
  const isOld = written.map(({ statement, names }) => names.length === 0 && statement.definitions.length > 0);
  const isLarge = ({ texts }: WrittenStatement) =>
    texts[Detail.full].length > maxTokens * CHARACTERS_PER_TOKEN * LARGE_SHARE;
  const steps = (detail: Detail, wanted: (each: WrittenStatement, index: number) => boolean): Step[] => {
    return written.map((each, index) => ({ each, index }))
      .filter(({ each, index }) => each.texts[detail] !== each.texts[detail - 1] && wanted(each, index))
      .sort((a, b) =>
        isValue(a.each) - isValue(b.each) || a.each.texts[detail].length - b.each.texts[detail].length ||
        b.index - a.index
      )
      .map(({ index }) => ({ index, detail }));
  };
  const take = (run: readonly Step[]): boolean => takeSteps(run, details, fits);
  const isUsedDone = take([
    ...steps(Detail.brief, (_, index) => isUsed[index]),
    ...steps(Detail.full, (each, index) => isUsed[index] && !isLarge(each)),
  ]);
  const isBriefDone = take(steps(Detail.brief, (_, index) => !isUsed[index] && !isOld[index]));
  if (isUsedDone && isBriefDone) take(steps(Detail.full, (each, index) => isUsed[index] && isLarge(each)));
  if (!isBriefDone) return;
  const isOldDone = take([
    ...steps(Detail.brief, (_, index) => isOld[index]),
    ...steps(Detail.full, (_, index) => isOld[index]),
  ]);
  if (isOldDone) take(steps(Detail.full, (_, index) => !isUsed[index]));
}

/**
 * Returns 1 for a statement that defines only values, and 0 for one with functions or classes. Used for sorting, because a
 * signature is more useful than a value.
 */
function isValue({ statement: { definitions } }: WrittenStatement): number {
  return definitions.some(({ definition: { kind } }) => kind === "function" || kind === "class") ? 0 : 1;
}

/** Applies as many steps from the beginning of a run as fit. Returns whether all of them fit. */
function takeSteps(run: readonly Step[], details: (Detail | undefined)[], fits: () => boolean): boolean {
  const before = [...details];
  const take = (count: number) => {
    for (const { index } of run) details[index] = before[index];
    for (const { index, detail } of run.slice(0, count)) details[index] = detail;
  };
  const count = largest(run.length, (steps) => {
    take(steps);
    return fits();
  });
  take(count);
  return count === run.length;
}

/** Leaves out names until the others fit: unused names first, and the oldest first. */
function leaveOut(
  past: Past,
  written: readonly WrittenStatement[],
  used: ReadonlySet<string>,
  details: (Detail | undefined)[],
  write: (omittedImports: ReadonlySet<string>) => [text: string, fits: boolean],
): string {
  const candidates = [
    ...written.map(({ names }, index) => ({ index, names })),
    ...past.imports.names().map((name) => ({ index: -1, names: [name] })),
  ].map((each) => ({ ...each, isUsed: each.names.some((name) => used.has(name)) }));
  const order = [...candidates.filter(({ isUsed }) => !isUsed), ...candidates.filter(({ isUsed }) => isUsed)];
  const leave = (count: number) => {
    details.fill(Detail.names);
    for (const { index } of order.slice(0, count)) {
      if (index !== -1) details[index] = undefined;
    }
    return write(new Set(order.slice(0, count).filter(({ index }) => index === -1).flatMap(({ names }) => names)));
  };
  const kept = largest(order.length, (keep) => leave(order.length - keep)[1]);
  return leave(order.length - kept)[0];
}

/**
 * Returns the largest number up to a limit for which a condition holds. If it holds for a number, it must hold for all smaller
 * ones.
 */
function largest(limit: number, holds: (count: number) => boolean): number {
  if (holds(limit)) return limit;
  let [low, high] = [0, limit];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
