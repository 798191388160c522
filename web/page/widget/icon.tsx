/**
 * The page's icons, drawn as lines in the text's colour.
 *
 * @module
 */

const paths = {
  run: "M6 4.5v11l9-5.5z",
  runAll: "M3.5 5v10l6.5-5zM10 5v10l6.5-5z",
  runAbove: "M4 15.5h12M7 11.5l4-3-4-3zM14.5 11.5v-6M12.5 7.5l2-2 2 2",
  runBelow: "M4 4.5h12M7 14.5l4-3-4-3zM14.5 8.5v6M12.5 12.5l2 2 2-2",
  more: "M6 8l4 4 4-4",
  stop: "M5.5 5.5h9v9h-9z",
  restart: "M15.5 10a5.5 5.5 0 1 1-1.7-4M14.5 2.8v3.5H11",
  clear: "M4 5.5h12M4 10h6M4 14.5h4M12.5 11.5l4 4M16.5 11.5l-4 4",
  add: "M10 4.5v11M4.5 10h11",
  up: "M10 15.5v-11M5.5 9 10 4.5 14.5 9",
  down: "M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5",
  bin: "M4.5 6h11M8 6V4.2h4V6M6 6l.6 9.8h6.8L14 6M8.6 8.8v4.4M11.4 8.8v4.4",
  edit: "M4.5 15.5l.7-3L13 4.7a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2L7.5 14.8z",
  open: "M3.5 15.5v-11h4l1.5 2h7.5v9z",
  save: "M10 4v8M6.5 8.8 10 12.2l3.5-3.4M4.5 15.8h11",
  copies: "M7 6.5V3.8h9.2v9.2h-2.7M3.8 7h9.2v9.2H3.8z",
  keyboard: "M2.8 5.5h14.4v9H2.8zM5.5 8h.6M8.5 8h.6M11.5 8h.6M14.5 8h.6M6.5 11.8h7",
  warning: "M10 3.8 17 16H3zM10 8.3v3.6M10 13.9v.2",
  info: "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14M10 9.3v4M10 6.6v.2",
  find: "M9 14.2a5.2 5.2 0 1 1 0-10.4 5.2 5.2 0 0 1 0 10.4M12.8 12.8l3.9 3.9",
  cells: "M4 3.8h12v5H4zM4 11.2h12v5H4zM6.5 6.3h4M6.5 13.7h4",
  home: "M3.8 9.5 10 4l6.2 5.5M5.5 8.3v7.2h9V8.3",
  text: "M4.5 5h11M10 5v10.5M8 15.5h4",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  ask: "M4 4.5h12v8.5H9.5L6 16v-3H4zM8.4 7.3a1.7 1.7 0 1 1 2.3 1.6c-.5.2-.7.5-.7 1M10 11.4v.2",
  files: "M5 3.5h6l4 4v9H5zM11 3.5v4h4",
  upload: "M10 12V4M6.5 7.2 10 3.8l3.5 3.4M4.5 15.8h11",
  asked: "M3.5 4.5h13v8.6h-6.2l-3.6 3v-3H3.5zM6.5 7.4h7M6.5 10.2h4.5",
  settings: "M3.5 6h7M14.5 6h2M12.5 6a1.8 1.8 0 1 0 .1 0zM3.5 14h2M9.5 14h7M7.5 14a1.8 1.8 0 1 0 .1 0z",
  outline: "M4 5.5h12M7 10h9M10 14.5h6",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
} as const;

export type IconName = keyof typeof paths;

/** Renders an icon. Its meaning must be given by a label beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
