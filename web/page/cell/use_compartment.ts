/**
 * A part of an editor's set-up that changes while the editor stays.
 *
 * @module
 */

import { Compartment, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type RefObject, useEffect, useMemo, useRef } from "react";

/**
 * Sets the part up anew whenever its value has changed.
 *
 * @param view the editor, once it is made
 * @returns makes the part, for the editor to be made with
 */
export function useCompartment<Value>(
  view: RefObject<EditorView | null>,
  value: Value,
  setUp: (value: Value) => Extension,
): () => Extension {
  const compartment = useMemo(() => new Compartment(), []);
  const present = useRef(value);
  useEffect(() => {
    if (present.current === value) return;
    present.current = value;
    view.current!.dispatch({ effects: compartment.reconfigure(setUp(value)) });
  }, [value]);
  return () => compartment.of(setUp(value));
}
