/**
 * Arguments of the tool `error` in forms that differ from its parameters, and the outputs for them.
 *
 * @module
 */

import { type ArgumentCase, raised, shows } from "./argument_case.ts";

const DIVISION = '"ename": "ZeroDivisionError", "evalue": "division by zero"';
const GROUP = [
  "  + Exception Group Traceback (most recent call last):",
  "  | ExceptionGroup: g (1 sub-exception)",
  "  +-+---------------- 1 ----------------",
  "    | ValueError: a",
  "    +------------------------------------",
];
const LINES = ["Traceback (most recent call last)", "Cell In[1], line 1", "ZeroDivisionError: division by zero"];

export const ERROR_CASES: readonly ArgumentCase[] = [
  shows(
    "nothing unusual",
    "error",
    `{${DIVISION}, "traceback": ${JSON.stringify(LINES)}}`,
    raised("ZeroDivisionError", "division by zero", LINES),
  ),
  shows("no traceback", "error", `{${DIVISION}}`, raised("ZeroDivisionError", "division by zero")),
  shows(
    "null as traceback",
    "error",
    `{${DIVISION}, "traceback": null}`,
    raised("ZeroDivisionError", "division by zero"),
  ),
  shows(
    "an empty traceback",
    "error",
    `{${DIVISION}, "traceback": ""}`,
    raised("ZeroDivisionError", "division by zero"),
  ),
  shows(
    "a traceback as one text",
    "error",
    `{${DIVISION}, "traceback": ${JSON.stringify(LINES.join("\n"))}}`,
    raised("ZeroDivisionError", "division by zero", LINES),
  ),
  shows(
    "a traceback as a list in a string",
    "error",
    `{${DIVISION}, "traceback": ${JSON.stringify(JSON.stringify(LINES))}}`,
    raised("ZeroDivisionError", "division by zero", LINES),
  ),
  shows(
    "a message only in the traceback, before a note",
    "error",
    '{"ename":"E","traceback":["E: v","a note"]}',
    raised("E", "v", ["E: v", "a note"]),
  ),
  shows(
    "the message of a group only in its text",
    "error",
    JSON.stringify({ ename: "ExceptionGroup", traceback: GROUP }),
    { type: "stream", name: "stderr", text: `${GROUP.join("\n")}\n` },
  ),
  shows("a number as message", "error", `{"ename": "KeyError", "evalue": 5, "traceback": []}`, raised("KeyError", "5")),
  shows(
    "a message that is missing outside the traceback",
    "error",
    `{"ename": "ZeroDivisionError", "traceback": ${JSON.stringify(LINES)}}`,
    raised("ZeroDivisionError", "division by zero", LINES),
  ),
  shows(
    "Python's quotes",
    "error",
    "{'ename': 'E', 'evalue': None, 'traceback': ('x', 'E')}",
    raised("E", "", ["x", "E"]),
  ),
  shows(
    "the object in a string",
    "error",
    JSON.stringify(`{${DIVISION}}`),
    raised("ZeroDivisionError", "division by zero"),
  ),
];
