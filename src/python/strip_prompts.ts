/**
 * Takes the prompts out of code that was copied from a session.
 *
 * @module
 */

/** How a session shows where input begins. */
interface PromptForm {
  /** A prompt at the beginning of a line, the first or a further one. */
  any: RegExp;
  /** A prompt at the beginning of the first line. */
  first: RegExp;
}

/** The prompts of Python and of IPython, in the order in which IPython takes them out (`inputtransformer2`). */
const FORMS: readonly PromptForm[] = [
  { any: /^(?:>>>|\.\.\.)(?: |$)/, first: /^>>>(?: |$)/ },
  same(/^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)/),
];

// deno-lint-ignore no-control-regex -- colours are what is looked for
const SGR = /\x1b\[[\d;]*m/g;

const STRING_OR_COMMENT = /#|"""|'''|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/;

/**
 * Takes prompts out as IPython does: only where one of the first two lines has one, and then from every line that has one. Colours and
 * no-break spaces, as terminals and web pages have them, are no hindrance. A first line that begins a long string is not a prompt's.
 *
 * @param lines the cell without leading blank lines and indentation
 * @returns the same lines where there are no prompts
 */
export function stripPrompts(lines: readonly string[]): readonly string[] {
  return FORMS.reduce(strip, lines);
}

function strip(lines: readonly string[], { any, first }: PromptForm): readonly string[] {
  const [begin, next] = lines.slice(0, 2).map(plain);
  const isCopied = first.test(begin) || (next !== undefined && any.test(next) && !opensLongString(begin));
  if (!isCopied) return lines;
  return lines.map((line) => {
    const bare = plain(line);
    return any.test(bare) ? bare.replace(any, "") : line;
  });
}

/** Whether a line ends in a long string. */
function opensLongString(line: string): boolean {
  for (let rest = line;;) {
    const found = STRING_OR_COMMENT.exec(rest);
    if (found === null || found[0] === "#") return false;
    let end = found.index + found[0].length;
    if (found[0] === '"""' || found[0] === "'''") {
      const close = rest.indexOf(found[0], end);
      if (close === -1) return true;
      end = close + 3;
    }
    rest = rest.slice(end);
  }
}

function plain(line: string): string {
  return line.replace(SGR, "").replaceAll("\u00a0", " ");
}

function same(any: RegExp): PromptForm {
  return { any, first: any };
}
