/**
 * How an exception stands in a notebook, so that whoever draws it shows its message once.
 *
 * The app draws `ename: evalue` above the traceback where neither is empty; terminals and Jupyter draw the traceback alone.
 *
 * @module
 */

import { withoutControls } from "../../terminal/control_filter.ts";
import { inline, type MediaContainer } from "./media.ts";

/** An exception, as IPython shows it. */
interface RaisedError {
  ename: string;
  evalue: string;
  /** Its lines, with their colours. */
  traceback: readonly string[];
}

/** The content of an error output: a traceback that begins with `ename: evalue` goes without that line, which the app adds. */
export function errorContent({ ename, evalue, traceback }: RaisedError): MediaContainer {
  const isTwice = ename !== "" && evalue !== "" && traceback[0] === `${ename}: ${evalue}`;
  return inline({ ename, evalue, traceback: isTwice ? traceback.slice(1) : [...traceback] });
}

/** The traceback for whoever draws nothing else: one that does not tell the message begins with it. */
export function wholeTraceback({ ename, evalue, traceback }: RaisedError): string[] {
  const told = withoutControls(traceback.join("\n"));
  if (told !== "" && told.includes(withoutControls(evalue))) return [...traceback];
  return [[ename, evalue].filter((part) => part !== "").join(": "), ...traceback];
}
