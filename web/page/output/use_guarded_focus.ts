/**
 * Prevents frames from taking the focus. Only a person can give it to a frame, by pressing in it or by the Tab key.
 *
 * @module
 */

import { type RefObject, useEffect } from "react";

/**
 * The time after a press or a Tab during which the focus may enter a frame, in milliseconds. A busy page receives messages late.
 */
const ENTRY_MS = 1_000;

/** The time for which a frame may have the focus before it has reported a press, in milliseconds. */
const PRESS_DELAY_MS = 150;

/**
 * The time after a key during which a person counts as typing, in milliseconds. A frame's report of a press is then ignored,
 * because its content is untrusted.
 */
const TYPING_MS = 300;

/** The last element of the page itself that had the focus. */
let holder: HTMLElement | undefined;

/**
 * The last sign that a person wants to enter a frame, and which frame if that is known. Any other key or press in the page clears
 * it.
 */
let entry: { frame?: HTMLIFrameElement; at: number } | undefined;

let keyAt = -Infinity;
let isWatched = false;

function watchPage(): void {
  if (isWatched) return;
  isWatched = true;
  const hold = (element: unknown) => {
    if (element instanceof HTMLElement && !(element instanceof HTMLIFrameElement)) holder = element;
  };
  hold(document.activeElement);
  addEventListener("focusin", ({ target }) => hold(target));
  addEventListener("keydown", ({ key, defaultPrevented }) => {
    keyAt = performance.now();
    entry = key === "Tab" && !defaultPrevented ? { at: keyAt } : undefined;
  });
  addEventListener("pointerdown", () => {
    entry = undefined;
    holder = undefined;
  }, { capture: true });
}

const isTyping = () => performance.now() - keyAt < TYPING_MS;

function mayEnter(frame: HTMLIFrameElement): boolean {
  if (entry === undefined || performance.now() - entry.at > ENTRY_MS) return false;
  return entry.frame === undefined || entry.frame === frame;
}

/**
 * Prevents a frame from taking the focus.
 *
 * @returns a function to call when the frame reports a press
 */
export function useGuardedFocus(frame: RefObject<HTMLIFrameElement | null>): () => void {
  useEffect(() => {
    watchPage();
    const giveBack = () => {
      const element = frame.current;
      if (element === null || document.activeElement !== element || mayEnter(element)) return;
      if (holder?.isConnected) holder.focus({ preventScroll: true });
      else element.blur();
    };
    // The page loses the focus before the frame gets it, and the report of a press arrives after that.
    const onBlur = () => setTimeout(giveBack, isTyping() ? 0 : PRESS_DELAY_MS);
    addEventListener("blur", onBlur);
    return () => removeEventListener("blur", onBlur);
  }, [frame]);
  return () => {
    if (frame.current !== null && !isTyping()) entry = { frame: frame.current, at: performance.now() };
  };
}
