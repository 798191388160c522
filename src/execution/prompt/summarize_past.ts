/**
 * Sums up as Python what cells have defined that are no longer sent.
 *
 * @module
 */

import { Detail, pastCode, writeStatements, type WrittenStatement } from "./past_code.ts";
import type { Past } from "./past_names.ts";

/** What a summary is made from. */
export interface SummaryOptions {
  /** What the cells that are left out have defined. */
  past: Past;
  /** The names that cells use which are still sent. */
  usedLater: ReadonlySet<string>;
  /** How long the summary may be, in tokens. */
  maxTokens: number;
  /** How many tokens a text is. */
  estimate: (text: string) => number;
}

/** The share of the summary that a statement may take before others have their brief form. */
const LARGE_SHARE = 1 / 8;

/** About how many characters are a token, to tell large statements from small ones. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Writes Python that defines every name which exists after the cells: imports first, then the last definition of each name, in order,
 * with a comment where its value was changed since. An older definition is told, too, where a value that exists was made from it.
 * The same options always give the same text.
 *
 * What does not fit is told in less detail: functions by their signatures and long values as `...`, then by their names. What later
 * cells use, be it by way of other definitions, has detail first and loses it last; then functions and classes before values, small
 * before large, and new before old. More tokens never take detail from a name that is used. Names are left out only when they do not
 * all fit, those first that nobody uses, the oldest first, and a comment counts them.
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

/** The names that are used later, and those that their definitions use in turn. */
function usedNames({ owners }: Past, usedLater: ReadonlySet<string>): Set<string> {
  const used = new Set(usedLater);
  // A set yields what is added while it is gone through.
  for (const name of used) {
    for (const each of owners.get(name)?.statement.uses ?? []) used.add(each);
  }
  return used;
}

/** One statement in more detail. */
interface Step {
  index: number;
  detail: Detail;
}

/** Raises details in a fixed order, as far as they fit: each run of steps is cut off where it no longer does. */
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

/** Whether a statement defines neither a function nor a class, as a number to sort by: a signature tells more than a value. */
function isValue({ statement: { definitions } }: WrittenStatement): number {
  return definitions.some(({ definition: { kind } }) => kind === "function" || kind === "class") ? 0 : 1;
}

/** Takes as many steps from the beginning as fit, and says whether these are all. */
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

/** Leaves names out until the others fit: those that are not used first, each kind from the oldest on. */
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

/** The largest number up to a limit for which a condition holds that holds for all smaller ones. */
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
