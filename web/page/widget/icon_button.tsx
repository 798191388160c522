/**
 * A button that is an icon, with a name for those who do not see it.
 *
 * @module
 */

import { Icon, type IconName } from "./icon.tsx";

/** What a button needs. */
export interface IconButtonProps {
  icon: IconName;
  /** What it does. */
  label: string;
  /** The key that does the same, shown with the name. */
  shortcut?: string;
  onClick(): void;
  disabled?: boolean;
  /** Whether the name stands beside the icon where there is room. */
  isLabelled?: boolean;
  className?: string;
}

/** Draws the button. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, shortcut, onClick, disabled = false, isLabelled = false, className = "" } = props;
  return (
    <button
      type="button"
      className={`icon-button ${className}`}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {isLabelled && <span className="label">{label}</span>}
    </button>
  );
}
