/**
 * Lays a value out as IPython's pretty printer does: on one line if it fits, otherwise broken after commas.
 *
 * @module
 */

/** The widest line (`max_width` of IPython's `PlainTextFormatter`). */
const MAX_WIDTH = 79;

/** The tokens of a value's `repr`: strings, brackets, a comma with the space after it, anything else. */
const TOKEN = /[bruBRU]{0,2}(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|[[\](){}]|, ?|[^[\](){},'"]+|./gs;

/** A pair of brackets that is being printed. */
interface Group {
  /** The commas of the group that may still become line breaks. */
  breakables: Breakable[];
  /** Whether every further comma breaks the line. */
  wantBreak: boolean;
}

/** A space after a comma, which may become a line break. */
interface Breakable {
  group: Group;
  /** The indentation of the next line. */
  indentation: number;
}

/**
 * @param repr the value on one line, made of lists, tuples, dicts, sets in the order of IPython, strings and values without commas
 */
export function ipythonLayout(repr: string): string {
  const printer = new Printer();
  for (const [token] of repr.matchAll(TOKEN)) printer.print(token);
  return printer.end();
}

/** A port of `PrettyPrinter` in IPython 9.11 (`IPython/lib/pretty.py`), which goes back to Oppen's algorithm. */
class Printer {
  #output = "";
  #outputWidth = 0;
  #buffer: (string | Breakable)[] = [];
  #bufferWidth = 0;
  readonly #stack: Group[] = [{ breakables: [], wantBreak: false }];
  /** The groups that may yet be broken, by depth. */
  readonly #queue: Group[][] = [];

  print(token: string): void {
    if ("([{".includes(token)) this.#open(token);
    else if (")]}".includes(token)) this.#close(token);
    else {
      this.#text(token.trimEnd() === "," ? "," : token);
      if (token === ", ") this.#breakable();
    }
  }

  end(): string {
    for (const part of this.#buffer.splice(0)) this.#write(part);
    return this.#output;
  }

  #open(bracket: string): void {
    this.#text(bracket);
    const group: Group = { breakables: [], wantBreak: false };
    this.#stack.push(group);
    (this.#queue[this.#stack.length - 1] ??= []).push(group);
  }

  #close(bracket: string): void {
    if (this.#stack.length > 1) {
      const group = this.#stack.pop()!;
      if (group.breakables.length === 0) this.#unqueue(group);
    }
    this.#text(bracket);
  }

  #text(text: string): void {
    if (this.#buffer.length === 0) return this.#write(text);
    this.#buffer.push(text);
    this.#bufferWidth += width(text);
    this.#breakOuterGroups();
  }

  #breakable(): void {
    const group = this.#stack[this.#stack.length - 1];
    const breakable: Breakable = { group, indentation: this.#stack.length - 1 };
    if (group.wantBreak) {
      for (const part of this.#buffer.splice(0)) this.#write(part);
      this.#bufferWidth = 0;
      this.#breakLine(breakable.indentation);
    } else {
      group.breakables.push(breakable);
      this.#buffer.push(breakable);
      this.#bufferWidth += 1;
      this.#breakOuterGroups();
    }
  }

  #breakOuterGroups(): void {
    while (this.#outputWidth + this.#bufferWidth > MAX_WIDTH) {
      const group = this.#outermost();
      if (group === undefined) return;
      while (group.breakables.length > 0) this.#writeFirst();
      while (typeof this.#buffer[0] === "string") this.#writeFirst();
    }
  }

  /** Takes the outermost group with a possible line break from the queue. */
  #outermost(): Group | undefined {
    for (const groups of this.#queue) {
      const group = groups?.findLast(({ breakables }) => breakables.length > 0);
      if (group !== undefined) {
        // A bug of IPython that long values show: it counts from the end and deletes from the beginning.
        groups.splice(groups.length - 1 - groups.lastIndexOf(group), 1);
        group.wantBreak = true;
        return group;
      }
      for (const empty of groups?.splice(0) ?? []) empty.wantBreak = true;
    }
    return undefined;
  }

  #unqueue(group: Group): void {
    for (const groups of this.#queue) {
      const index = groups?.indexOf(group) ?? -1;
      if (index !== -1) groups.splice(index, 1);
    }
  }

  #writeFirst(): void {
    const part = this.#buffer.shift()!;
    this.#bufferWidth -= typeof part === "string" ? width(part) : 1;
    this.#write(part);
  }

  #write(part: string | Breakable): void {
    if (typeof part === "string") {
      this.#output += part;
      this.#outputWidth += width(part);
      return;
    }
    part.group.breakables.shift();
    if (part.group.wantBreak) return this.#breakLine(part.indentation);
    if (part.group.breakables.length === 0) this.#unqueue(part.group);
    this.#write(" ");
  }

  #breakLine(indentation: number): void {
    this.#output += `\n${" ".repeat(indentation)}`;
    this.#outputWidth = indentation;
  }
}

/** Python counts characters, not UTF-16 units. */
function width(text: string): number {
  return [...text].length;
}
