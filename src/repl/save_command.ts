/**
 * The command `:save FILE`, which is none of IPython's: `%save` is a magic, and the model plays it.
 *
 * @module
 */

/** Behind the command, a path, with or without quotes. */
const SAVE = /^:save(?:[ \t]+(?:"([^"\n]+)"|'([^'\n]+)'|([^\n]+)))?$/;

/**
 * Reads the command.
 *
 * @param cell what was typed
 * @returns the path that it names, if any; absent where the cell is one to run
 */
export function saveCommand(cell: string): { file?: string } | undefined {
  const command = SAVE.exec(cell.trim());
  if (command === null) return undefined;
  const file = command.slice(1).find((path) => path !== undefined);
  return file === undefined ? {} : { file };
}
