/**
 * Stores an exception in a notebook so that its message is shown only once.
 *
 * The web app shows `ename: evalue` above the traceback if neither is empty. Terminals and Jupyter show only the traceback.
 *
 * @module
 */

import { withoutControls } from "../../terminal/control_filter.ts";
import { inline, type MediaContainer } from "./media.ts";

/** An exception in IPython's form. */
interface RaisedError {
  ename: string;
  evalue: string;
  /** The lines of the traceback, with colors. */
  traceback: readonly string[];
}

/** The content of an error output. Removes the first line of the traceback if it is `ename: evalue`, because the app adds it. */
export function errorContent({ ename, evalue, traceback }: RaisedError): MediaContainer {
  const isTwice = ename !== "" && evalue !== "" && traceback[0] === `${ename}: ${evalue}`;
  return inline({ ename, evalue, traceback: isTwice ? traceback.slice(1) : [...traceback] });
}

/** The traceback for clients that show only the traceback. Adds `ename: evalue` as the first line if the message is not in it. */
export function wholeTraceback({ ename, evalue, traceback }: RaisedError): string[] {
  const text = withoutControls(traceback.join("\n"));
  if (text !== "" && text.includes(withoutControls(evalue))) return [...traceback];
  return [[ename, evalue].filter((part) => part !== "").join(": "), ...traceback];
}
