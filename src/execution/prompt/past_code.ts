/**
 * Writes the definitions of earlier cells as Python, with a chosen amount of detail for each statement.
 *
 * @module
 */

import type { Past, PastChange, PastDefinition, PastStatement } from "./past_names.ts";

/** The amount of detail of a statement: only the names that it binds, its brief form, or the whole statement. */
export const Detail = { names: 0, brief: 1, full: 2 } as const;

export type Detail = typeof Detail[keyof typeof Detail];

/** The length after which a new line of names begins, in characters. */
const MAX_LINE = 300;

/** The number of cells that are listed as having changed a name. Of more cells, only the first and the last are listed. */
const MAX_CHANGES = 3;

/** The longest statement that is quoted as a change, in characters. */
const MAX_CHANGE = 60;

/** The length of ` = ` after a name in a line of names. */
const JOINT = " = ".length;

/** Names that are written without their definitions. */
interface GatheredNames {
  values: string[];
  functions: string[];
}

/** A statement in all of its forms. */
export interface WrittenStatement {
  statement: PastStatement;
  /** The names that it defines and that still exist; none where others were made from what it defined. */
  names: string[];
  /** Its text for each amount of detail, without gathered names. */
  texts: [names: string, brief: string, full: string];
  /** The names that share a line with those of other statements if only names are written. Functions have separate lines. */
  gathered: GatheredNames;
  /** The names that each text binds, including those that are deleted again at the end. */
  binds: [names: readonly string[], brief: readonly string[], full: readonly string[]];
}

export interface PastSelection {
  /** The amount of detail of each statement; `undefined` leaves it out. */
  details: readonly (Detail | undefined)[];
  /** Imported names that are left out. */
  omittedImports: ReadonlySet<string>;
}

/** Writes all forms of the statements. */
export function writeStatements({ statements }: Past): WrittenStatement[] {
  const stale = new Set<string>();
  return statements.map((statement) => {
    const written = writeStatement(statement, stale);
    for (const name of statement.binds) {
      if (!written.names.includes(name)) stale.add(name);
    }
    return written;
  });
}

/** Writes Python code for a selection: imports, then names without definitions, then statements in their order. */
export function pastCode(past: Past, written: readonly WrittenStatement[], selection: PastSelection): string {
  const { details, omittedImports } = selection;
  const lines: string[] = [];
  const gathered: GatheredNames = { values: [], functions: [] };
  const unwanted = new Set<string>();
  let omitted = omittedImports.size;
  for (const [index, { names, texts, gathered: ofNames, binds }] of written.entries()) {
    const detail = details[index];
    if (detail === undefined) {
      omitted += names.length;
      continue;
    }
    if (detail === Detail.names) {
      gathered.values.push(...ofNames.values);
      gathered.functions.push(...ofNames.functions);
    }
    if (texts[detail] !== "") lines.push(texts[detail]);
    for (const name of binds[detail]) {
      if (!past.owners.has(name) && !past.imports.has(name)) unwanted.add(name);
    }
  }
  return [
    ...omitted === 0 ? [] : [`# ${omitted} older name${omitted === 1 ? " is" : "s are"} left out`],
    ...past.imports.lines(omittedImports),
    ...gatheredLines(gathered.values, BARE.value),
    ...gatheredLines(gathered.functions, `${BARE.function}  # functions`),
    ...lines,
    ...unwanted.size === 0 ? [] : [`del ${[...unwanted].join(", ")}`],
  ].join("\n");
}

function writeStatement(statement: PastStatement, stale: ReadonlySet<string>): WrittenStatement {
  const { definitions, source, binds } = statement;
  const names = definitions.flatMap(({ live }) => [...live]);
  const named = names.length > 0 ? names : definitions.flatMap(({ definition }) => definition.names);
  const comments = changeComments(definitions);
  // The definitions of a statement with errors have different sources.
  const sources = new Set(definitions.map(({ definition }) => definition.source));
  const full = commented(definitions.length === 0 ? source : [...sources].join("\n"), named, comments);
  const briefs = new Set(definitions.map(({ definition }) => definition.brief));
  const brief = shorter(commented([...briefs].join("\n"), named, comments), full);
  const briefBinds = brief === full ? binds : definitions.flatMap(({ definition }) => definition.names);
  const bare = definitions.flatMap(bareForms);
  const namesOf = (kind: BareForm["kind"]) => bare.filter((each) => each.kind === kind && !stale.has(each.name));
  const gathered = {
    values: namesOf("value").map(({ name }) => name),
    functions: namesOf("function").map(({ name }) => name),
  };
  const stubs = bare.flatMap(({ name, kind }) =>
    kind === "class" ? `class ${name}: ...` : stale.has(name) ? `${name} = ${BARE[kind]}` : []
  ).join("\n");
  const bareLength = [...gathered.values, ...gathered.functions].reduce(
    (sum, name) => sum + name.length + JOINT,
    stubs.length,
  );
  if (definitions.length > 0 && brief.length <= bareLength) {
    const none = { values: [], functions: [] };
    return { statement, names, texts: [brief, brief, full], gathered: none, binds: [briefBinds, briefBinds, binds] };
  }
  return { statement, names, texts: [stubs, brief, full], gathered, binds: [names, briefBinds, binds] };
}

interface BareForm {
  name: string;
  kind: "value" | "function" | "class";
}

/** The value that replaces an omitted value or function. A function stays callable. */
const BARE = { value: "...", function: "lambda *args, **kwargs: ..." };

function bareForms({ definition, live }: PastDefinition): BareForm[] {
  const { kind } = definition;
  return [...live].map((name) => ({ name, kind: kind === "function" || kind === "class" ? kind : "value" }));
}

/** Adds comments after a statement of one line, or below it. */
function commented(code: string, names: readonly string[], comments: readonly string[]): string {
  if (code.includes("\n") || names.length > 1 || comments.length === 0) {
    return [code, ...comments.map((comment) => `# ${comment}`)].join("\n");
  }
  return `${code}  # ${comments[0].slice(names[0].length + 1)}`;
}

/**
 * Describes for each changed name where it was changed. A single change is quoted if it is short: `x changed since by In [12]:
 * x.append(4)`.
 */
function changeComments(definitions: readonly PastDefinition[]): string[] {
  return definitions.flatMap(({ changes, live }) => {
    const ofNames = new Map<string, PastChange[]>();
    for (const change of changes) {
      if (live.size > 0 && !live.has(change.name)) continue;
      const before = ofNames.get(change.name);
      if (before === undefined) ofNames.set(change.name, [change]);
      else before.push(change);
    }
    return [...ofNames].map(([name, each]) => `${name} changed since by ${cellsOf(each)}`);
  });
}

function cellsOf(changes: readonly PastChange[]): string {
  const counts = [...new Set(changes.map(({ executionCount }) => executionCount))];
  const listed = counts.length <= MAX_CHANGES
    ? counts.map((count) => `In [${count}]`).join(", ")
    : `In [${counts[0]}] to In [${counts.at(-1)}] (${counts.length} cells)`;
  const { text } = changes.at(-1)!;
  return changes.length > 1 || text.length > MAX_CHANGE ? listed : `${listed}: ${text}`;
}

function gatheredLines(names: readonly string[], value: string): string[] {
  if (names.length === 1 && value !== BARE.value) return [`def ${names[0]}(*args, **kwargs): ...`];
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < MAX_LINE) lines[lines.length - 1] = `${last} = ${name}`;
    else lines.push(name);
  }
  return lines.map((line) => `${line} = ${value}`);
}

function shorter(a: string, b: string): string {
  return a.length < b.length ? a : b;
}
