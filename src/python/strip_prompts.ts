/**
 * Removes the prompts from code that was copied from a session.
 *
 * @module
 */

interface PromptForm {
  /** A prompt at the beginning of any line. */
  any: RegExp;
  /** A prompt at the beginning of the first line. */
  first: RegExp;
}

/** The prompts of Python and IPython, in the order in which IPython removes them (`inputtransformer2`). */
const FORMS: readonly PromptForm[] = [
  { any: /^(?:>>>|\.\.\.)(?: |$)/, first: /^>>>(?: |$)/ },
  same(/^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)/),
];

// deno-lint-ignore no-control-regex -- colours are what is looked for
const SGR = /\x1b\[[\d;]*m/g;

const STRING_OR_COMMENT = /#|"""|'''|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/;

/**
 * Removes prompts as IPython does. If one of the first two lines has a prompt, prompts are removed from all lines. Color codes and
 * no-break spaces from terminals and web pages are ignored. If the first line opens a triple-quoted string, the second line is not
 * taken for a prompt.
 *
 * @param lines the lines of the cell, without leading blank lines and indentation
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

/** Whether a line ends inside a triple-quoted string. */
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
