/**
 * Parses tracebacks in the formats of IPython and CPython, with or without header, rule and colors.
 *
 * @module
 */

/** One exception of a chain. */
export interface TracebackSection {
  /** The exception's class, or `undefined` if the text does not name it. */
  ename: string | undefined;
  /** The lines before the last line: header, frames, source. */
  lines: readonly string[];
  /** The text after the class in the last line, with its colon, and further lines; `undefined` if there is no such line. */
  message: string | undefined;
  /** The notes after the message, line by line. The notes of all exceptions except the last are part of their messages. */
  notes: readonly string[];
  /** The line between this exception and the next. */
  link?: string;
}

/** CSI and OSC sequences (ECMA-48). Of any other sequence, only the escape character. */
// deno-lint-ignore no-control-regex -- the escape character is what is looked for
const ANSI_SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))?/g;

/** The header of an exception. CPython's header has no class. */
export const HEADER = /^(?:(\S+) +)?Traceback \(most recent call last\):?\s*$/;
/** The line between two exceptions of a chain. */
export const LINK =
  /^(?:The above exception was the direct cause of the following|During handling of the above exception, another) exception.*:$/;

/**
 * Converts a traceback to plain lines, without colors, line ends, and blank lines at the end.
 *
 * @param traceback the lines, with or without `\n`, or one text
 */
export function tracebackLines(traceback: readonly string[] | string): string[] {
  const parts = typeof traceback === "string" ? [traceback] : traceback;
  const endInNewline = parts.slice(0, -1).every((part) => part.endsWith("\n"));
  const text = parts.join(endInNewline ? "" : "\n").replace(ANSI_SEQUENCE, "").replace(/\r+(?=\n|$)/g, "");
  return withoutBlankEnd(text.split("\n"));
}

/** The suggestion that CPython prints after a message and IPython does not. It is not part of `str(exception)`. */
const SUGGESTION = /^\.? (?:Did you mean|(?:Or d|D)id you forget to import)\b.*\?$/;
const SUGGESTING = /^(?:AttributeError|ImportError|ModuleNotFoundError|NameError)$/;

/**
 * Parses the exceptions of a traceback. The one that ended the cell is the last.
 *
 * @param lines the result of {@linkcode tracebackLines}
 * @param ename the class of the exception that ended the cell
 * @param evalues its message without control sequences, in all forms that the last line may have
 */
export function readTraceback(lines: readonly string[], ename: string, ...evalues: string[]): TracebackSection[] {
  const end = evalues.map((evalue) => findEnd(lines, ename, evalue)).find((found) => found !== undefined);
  const rest = end === undefined ? lines : lines.slice(0, end.from);
  const sections: TracebackSection[] = [];
  let from = 0;
  for (let at = 0; at < rest.length; at += 1) {
    if (!LINK.test(rest[at])) continue;
    sections.push({ ...readSection(rest.slice(from, at)), link: rest[at] });
    from = at + 1;
  }
  const remaining = rest.slice(from);
  if (end === undefined) return [...sections, readSection(remaining, ename)];
  return [...sections, { ename, lines: remaining, message: `: ${end.evalue}`, notes: lines.slice(end.to) }];
}

/** Finds the last lines of the exception that ended the cell. Its message may have any text, and notes may follow it. */
function findEnd(
  lines: readonly string[],
  ename: string,
  evalue: string,
): { from: number; to: number; evalue: string } | undefined {
  if (evalue === "") return undefined;
  const length = evalue.split("\n").length;
  for (let from = lines.length - length; from >= 0 && !LINK.test(lines[from + length] ?? ""); from -= 1) {
    const message = messageOf(lines[from], ename);
    if (message === undefined) continue;
    const to = from + length;
    const text = [message, ...lines.slice(from + 1, to)].join("\n");
    if (text.startsWith(`: ${evalue}`) && isNothingOr(SUGGESTION, text.slice(evalue.length + 2))) {
      return { from, to, evalue };
    }
  }
  return undefined;
}

function isNothingOr(pattern: RegExp, text: string): boolean {
  return text === "" || pattern.test(text);
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  let length = lines.length;
  while (length > 0 && lines[length - 1].trim() === "") length -= 1;
  return lines.slice(0, length);
}

function readSection(lines: readonly string[], ename?: string): TracebackSection {
  const name = ename ?? nameInHeader(lines) ?? nameAtEnd(lines);
  const end = name === undefined ? -1 : lines.findIndex((line) => messageOf(line, name) !== undefined);
  if (end === -1) return { ename: name, lines, message: undefined, notes: [] };
  const [first, ...more] = withoutBlankEnd(lines.slice(end));
  const message = messageOf(first, name!)!;
  const own = SUGGESTING.test(name!)
    ? message.replace(/\.? Did you mean: '.*'\?.*$|\. Did you forget to import .*$/, "")
    : message;
  return { ename: name, lines: lines.slice(0, end), message: [own, ...more].join("\n"), notes: [] };
}

function nameInHeader(lines: readonly string[]): string | undefined {
  return lines.map((line) => HEADER.exec(line)?.[1]).find((name) => name !== undefined);
}

/** Finds the class in the last line that can be an exception's, because CPython's header does not contain it. */
function nameAtEnd(lines: readonly string[]): string | undefined {
  const named = lines.findLast((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line));
  return named === undefined ? undefined : /^(?:\w+\.)*(\w+)/.exec(named)?.[1];
}

/** Returns the text after an exception's name at the beginning of a line, or `undefined`. CPython writes the module before the name. */
function messageOf(line: string, name: string): string | undefined {
  const own = line.startsWith(name) ? name.length : -1;
  const qualified = own === -1 ? /^(?:\w+\.)+/.exec(line)?.[0].length : undefined;
  const length = qualified !== undefined && line.startsWith(name, qualified) ? qualified + name.length : own;
  if (length === -1) return undefined;
  const rest = line.slice(length);
  return rest.startsWith(":") || rest.trim() === "" ? rest : undefined;
}
