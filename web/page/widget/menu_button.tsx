/**
 * A button that opens a menu. Arrow keys move through the menu. The browser closes it on Escape or a press elsewhere.
 *
 * @module
 */

import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  /** Names the action. */
  label: string;
  /** The key for the same action. */
  shortcut?: string;
  disabled?: boolean;
  onChoose(): void;
}

export interface MenuButtonProps {
  icon: IconName;
  /** The label of the button and of its menu. */
  label: string;
  items: readonly MenuItem[];
}

export function MenuButton({ icon, label, items }: MenuButtonProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const choices = () => [...menu.current!.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];

  /** Opens the menu immediately. The browser's default would move the focus a moment later. */
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    if (!menu.current!.togglePopover()) return;
    const { left, bottom } = button.current!.getBoundingClientRect();
    menu.current!.style.setProperty("--left", `${left}px`);
    menu.current!.style.setProperty("--bottom", `${bottom}px`);
    choices()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The keys of the menu are not commands of the notebook.
    event.stopPropagation();
    const all = choices();
    const index = all.indexOf(document.activeElement as HTMLButtonElement);
    const targets: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 };
    if (event.key === "Tab") menu.current!.hidePopover();
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    all.at(target % all.length)?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-button"
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        onClick={onClick}
      >
        <Icon name={icon} />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="menu"
        onToggle={({ newState }) => setOpen(newState === "open")}
        onKeyDown={onKeyDown}
      >
        {items.map(({ label, shortcut, disabled = false, onChoose }) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            disabled={disabled}
            aria-keyshortcuts={shortcut?.replace("Ctrl", "Control")}
            onClick={() => {
              menu.current!.hidePopover();
              onChoose();
            }}
          >
            {label}
            {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}
