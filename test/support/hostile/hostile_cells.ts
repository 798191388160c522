/**
 * Cells that a model or another client makes expensive: the notebook's content, the code, the model's answer, and the
 * expected outputs.
 *
 * @module
 */

import { answer, display, gate, stdout, type Step } from "../scripted_answer.ts";
import type { Script } from "../scripted_model_server.ts";
import { hostileAnswers } from "./hostile_answers.ts";
import { hostileBundles } from "./hostile_bundles.ts";
import { type HostileContent, hostileContents } from "./hostile_content.ts";
import { hostileSvgs } from "./hostile_svgs.ts";

/** A hostile cell. */
export interface HostileCell extends HostileContent {
  /** Its description, such as `an SVG: noise with a million octaves`. */
  name: string;
  /**
   * Returns the model's answer.
   *
   * @param gate the gate at which a held answer waits after its hostile part
   */
  answer(gate: string): Script;
  /** Whether the answer waits at the gate before it ends. */
  isHeld: boolean;
  /** The expected status of the request. */
  ends: "success" | "error";
  /** Must match the events of the cell's outputs. */
  shows: RegExp;
  /** Must not match the events. */
  hides?: RegExp;
}

/** Returns an answer with text before and after the hostile part. */
const held = (steps: () => Step[]) => (name: string) =>
  answer(stdout("before\n"), steps(), gate(name), stdout("after\n"));
const WHOLE = /before\\n[^]*after\\n/;

/** Content that a browser would draw too slowly, and text that SQLite would cut. */
const HIDDEN = /numOctaves=\W*1000000|radius=\W*300|<!ENTITY|\\u0000/;

function lived(kind: string, name: string, steps: () => Step[], content: HostileContent = {}): HostileCell {
  return {
    ...content,
    name: `${kind}: ${name}`,
    answer: held(steps),
    isHeld: true,
    ends: "success",
    shows: WHOLE,
    hides: HIDDEN,
  };
}

export const hostileCells: readonly HostileCell[] = [
  ...Object.entries(hostileSvgs).map(([name, make]) =>
    lived("an SVG", name, () => display({ "image/svg+xml": make(), "text/plain": "<Figure>" }))
  ),
  ...Object.entries(hostileBundles).map(([name, make]) => lived("an output", name, () => display(make()))),
  ...Object.entries(hostileAnswers).map(([name, { answer, shows }]): HostileCell => ({
    name: `an answer: ${name}`,
    answer,
    isHeld: false,
    ends: "error",
    shows,
  })),
  ...Object.entries(hostileContents).map(([name, content]) => lived("a notebook", name, () => [], content)),
];
