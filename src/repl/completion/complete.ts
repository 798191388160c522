/**
 * Completes the text before the cursor: names, attributes, modules, magics and files. It uses names from the session's cells and outputs
 * and some of Python's names, and does not ask the model.
 *
 * @module
 */

import { type Completion, completionOf } from "./completion.ts";
import { completeFile, type ReadFolder } from "./file_names.ts";
import type { KnownNames } from "./known_names.ts";
import { CELL_MAGICS, LINE_MAGICS } from "./magic_names.ts";
import { openString } from "./open_string.ts";

export interface CompletionSources {
  names: KnownNames;
  readFolder: ReadFolder;
}

const NAME = "[\\p{ID_Start}_][\\p{ID_Continue}]*";

/** `%run` and other magics that take the path of a file, and `:save`. */
const FILE_COMMAND =
  /^\s*(?:%%?(cat|cd|cp|edit|file|less|load|ls|more|mv|mkdir|pycat|rm|rmdir|run|save|writefile)|:save)[ \t]+(?:.*[ \t])?([^ \t]*)$/;
const SHELL = /^\s*(?:[^=#'"]*=[ \t]*)?!{1,2}(?:.*[\s=<>|;&])?([^\s=<>|;&]*)$/;
const CELL_MAGIC = /^%%(\w*)$/;
const LINE_MAGIC = /^\s*(?:[^=#'"]*=[ \t]*)?%(\w*)$/;
const FROM_IMPORT = new RegExp(`^\\s*from\\s+([\\p{ID_Continue}.]+)\\s+import\\s+\\(?(?:.*,\\s*)?(${NAME})?$`, "u");
const MODULE = /^\s*(?:from\s+|import\s+(?:.*,\s*)?)([\p{ID_Continue}.]*)$/u;
const ATTRIBUTE = new RegExp(`((?:${NAME}\\.)*${NAME}|["'\\])}])\\.(${NAME})?$`, "u");
const NAME_AT_END = new RegExp(`(?:^|[^\\p{ID_Continue}.])(${NAME})$`, "u");

/**
 * Completes the end of a text.
 *
 * @param before the line before the cursor
 * @returns the completion; `undefined` if there is nothing to complete
 */
export function complete(before: string, { names, readFolder }: CompletionSources): Completion | undefined {
  const command = FILE_COMMAND.exec(before);
  if (command !== null) {
    const [, magic, path] = command;
    return completeFile(path, readFolder, (name) => magic !== "run" || /\.(?:ipy|ipynb|py)$/.test(name));
  }
  const shell = SHELL.exec(before);
  if (shell !== null) return completeFile(shell[1].replace(/^["']/, ""), readFolder);
  const open = openString(before);
  if (open !== undefined) return completeFile(open, readFolder);

  const cellMagic = CELL_MAGIC.exec(before);
  if (cellMagic !== null) return completionOf(cellMagic[1], CELL_MAGICS);
  const lineMagic = LINE_MAGIC.exec(before);
  if (lineMagic !== null) return completionOf(lineMagic[1], LINE_MAGICS);

  const imported = FROM_IMPORT.exec(before);
  if (imported !== null) return completionOf(imported[2] ?? "", names.attributesOfModule(imported[1]));
  const module = MODULE.exec(before);
  if (module !== null) return completionOf(module[1], names.modules);

  const attribute = ATTRIBUTE.exec(before);
  if (attribute !== null) return completionOf(attribute[2] ?? "", attributesOf(attribute[1], names));
  const name = NAME_AT_END.exec(before);
  return name === null ? undefined : completionOf(name[1], names.names);
}

function attributesOf(owner: string, names: KnownNames): readonly string[] {
  if (/^["']/.test(owner)) return names.attributesOf("str");
  return /^[\])}]/.test(owner) ? names.allAttributes : names.attributesOf(owner);
}
