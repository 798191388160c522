/**
 * A dialog that lists the keys.
 *
 * @module
 */

import { Fragment, type RefObject } from "react";
import { keyHelp } from "../actions/command_key.ts";
import { IconButton } from "../widget/icon_button.tsx";

const modes = { any: "Anywhere", edit: "While editing a cell", command: "With a cell selected" } as const;

/** `showModal` opens the dialog. */
export function KeyHelp({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
      <div className="keys-head">
        <h2 id="keys-title">Keys</h2>
        <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
      </div>
      {(Object.keys(modes) as (keyof typeof modes)[]).map((mode) => (
        <section key={mode}>
          <h3>{modes[mode]}</h3>
          <dl>
            {keyHelp.filter((help) => help.mode === mode).map(({ keys, does }) => (
              <Fragment key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </dialog>
  );
}
