/**
 * A button with an icon and a label for screen readers.
 *
 * @module
 */

import { Icon, type IconName } from "./icon.tsx";

export interface IconButtonProps {
  icon: IconName;
  /** Names the action. */
  label: string;
  /** The key for the same action, shown with the label. */
  shortcut?: string;
  onClick(): void;
  disabled?: boolean;
  /** Whether the label is visible beside the icon if there is room. */
  isLabelled?: boolean;
  className?: string;
}

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
