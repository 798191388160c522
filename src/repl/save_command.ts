/**
 * The command `:save FILE`. It does not exist in IPython. `%save` is a magic of IPython, which the model plays.
 *
 * @module
 */

/** The command with an optional path, with or without quotes. */
const SAVE = /^:save(?:[ \t]+(?:"([^"\n]+)"|'([^'\n]+)'|([^\n]+)))?$/;

/**
 * Parses the command.
 *
 * @param cell the text at the prompt
 * @returns the path, if the command has one; `undefined` if the text is a cell to run
 */
export function saveCommand(cell: string): { file?: string } | undefined {
  const command = SAVE.exec(cell.trim());
  if (command === null) return undefined;
  const file = command.slice(1).find((path) => path !== undefined);
  return file === undefined ? {} : { file };
}
