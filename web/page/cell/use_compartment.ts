/**
 * A part of an editor's configuration that can change while the editor stays.
 *
 * @module
 */

import { Compartment, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type RefObject, useEffect, useMemo, useRef } from "react";

/**
 * Reconfigures the part whenever its value changes.
 *
 * @param view the editor, once it exists
 * @returns makes the part's initial extension
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
