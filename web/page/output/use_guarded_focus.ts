/**
 * Keeps the focus from frames that take it by themselves: only a person gives it to one, by a press in it or by the Tab key.
 *
 * @module
 */

import { type RefObject, useEffect } from "react";

/** How long after a press or a Tab the focus may go into a frame, in milliseconds: the messages of a busy page come late. */
const ENTRY_MS = 1_000;

/** How long a frame may have the focus before it has told of a press, in milliseconds. */
const PRESS_DELAY_MS = 150;

/** Who has pressed a key so shortly before is typing, in milliseconds: then a frame is not believed, which may be a stranger's. */
const TYPING_MS = 300;

/** What had the focus last in the page itself. */
let holder: HTMLElement | undefined;

/** The last sign that a person wants to go into a frame, and into which if it is known. Any other key or press in the page ends it. */
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
 * Guards a frame.
 *
 * @returns to be called when the frame says that it was pressed
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
    // The page is left before the frame is entered, and a press is told of after that.
    const onBlur = () => setTimeout(giveBack, isTyping() ? 0 : PRESS_DELAY_MS);
    addEventListener("blur", onBlur);
    return () => removeEventListener("blur", onBlur);
  }, [frame]);
  return () => {
    if (frame.current !== null && !isTyping()) entry = { frame: frame.current, at: performance.now() };
  };
}
