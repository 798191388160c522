/**
 * The report's style: light and dark, for widths from 360 pixels.
 *
 * @module
 */

/** The three matches differ in lightness as well as in hue. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f7f7f5; --paper: #ffffff; --text: #1c2024; --muted: #5b6470; --line: #dcdfe2; --focus: #1d5fd1;
  --exact: #1f7a8c; --normalised: #e5b04a; --wrong: #c2413b;
  --del: #e3f1f4; --del-mark: #a9d8e2; --ins: #fbe9e7; --ins-mark: #f3b9b3; --warn: #fdf3da;
  --run-0: #1d5fd1; --run-1: #d0681c; --run-2: #2b8a3e; --run-3: #ae3ec9; --run-4: #7a5c3a; --run-5: #5b6470;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --paper: #1c2024; --text: #e6e8ea; --muted: #9aa4af; --line: #343a40; --focus: #7fb0ff;
    --exact: #4fb3c6; --normalised: #d9a441; --wrong: #d9605a;
    --del: #16343b; --del-mark: #1f5f6d; --ins: #42211f; --ins-mark: #7a312c; --warn: #3a3018;
    --run-0: #7fb0ff; --run-1: #f0a066; --run-2: #69c779; --run-3: #dd8cf0; --run-4: #cbb08d; --run-5: #9aa4af;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem) 4rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.3rem; line-height: 1.25; }
h3 { margin: 0 0 0.5rem; font: 600 1rem/1.4 var(--mono); }
h4, h5 { margin: 1rem 0 0.4rem; font-size: 0.9rem; font-weight: 600; }
h4 + h5 { margin-top: 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.note, .facts { color: var(--muted); font-size: 0.875rem; margin: 0.4rem 0; font-weight: 400; }
header .note { max-width: 44rem; }
.warning { background: var(--warn); border-radius: 6px; padding: 0.6rem 0.9rem; }
.failure { border-left: 3px solid var(--wrong); padding-left: 0.75rem; margin: 0.5rem 0; }
.letter { display: inline-block; min-width: 1.5em; padding: 0 0.3em; border-radius: 4px; background: var(--text);
  color: var(--paper); font-size: 0.8em; text-align: center; }
.cards, .charts { display: grid; gap: 1rem; margin-top: 1.25rem; }
.cards { grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
.card, figure, .cell, .kinds, .filter { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.card, figure, .cell { min-width: 0; margin: 0; padding: 1rem 1.15rem; }
.card h2 { margin: 0; }
dl { margin: 0.75rem 0 0; display: grid; gap: 0.5rem 1.25rem; }
.scores { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
.totals { grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); border-top: 1px solid var(--line); padding-top: 0.75rem; }
dt { color: var(--muted); font-size: 0.8rem; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.scores dd { font-size: 2rem; font-weight: 650; line-height: 1.15; }
.scores div:first-child dd { color: var(--exact); }
@media (min-width: 62rem) { .charts { grid-template-columns: 1fr 1fr; align-items: start; } }
figcaption { font-weight: 600; margin-bottom: 0.5rem; }
figcaption span { display: block; color: var(--muted); font-size: 0.8rem; font-weight: 400; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .narrow svg { max-width: 24rem; }
.chart .wide svg { max-width: 40rem; }
.wide { display: none; }
@media (min-width: 34rem) { .wide { display: block; } .narrow { display: none; } }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.5rem 0 0; padding: 0; list-style: none; font-size: 0.8rem; }
.legend li::before { content: ""; display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.45em; border-radius: 2px;
  vertical-align: -0.05em; background: var(--swatch); }
.exact { --swatch: var(--exact); } .normalised { --swatch: var(--normalised); } .wrong { --swatch: var(--wrong); }
.run-0 { --swatch: var(--run-0); } .run-1 { --swatch: var(--run-1); } .run-2 { --swatch: var(--run-2); }
.run-3 { --swatch: var(--run-3); } .run-4 { --swatch: var(--run-4); } .run-5 { --swatch: var(--run-5); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
.kinds { border-collapse: separate; border-spacing: 0; font-size: 0.9rem; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; white-space: nowrap; }
.kinds th, .kinds td { padding: 0.35rem 0.75rem; text-align: right; }
.kinds th:first-child { text-align: left; vertical-align: top; }
.kinds thead th { color: var(--muted); font-weight: 500; }
.kinds tbody tr:first-child > * { border-top: 1px solid var(--line); }
.kinds tbody:last-child { font-weight: 650; }
.filter { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 0 0 1rem; padding: 0.5rem 1rem 0.75rem; font-size: 0.9rem; }
.filter legend { color: var(--muted); padding: 0 0.3rem; }
.filter label { padding: 0.25rem 0; cursor: pointer; }
.filter input { accent-color: var(--focus); }
.cell { margin-bottom: 1rem; }
.tag { display: inline-block; padding: 0 0.5em; border: 1px solid var(--swatch, var(--line)); border-radius: 1em;
  font: 400 0.75rem/1.5 system-ui, sans-serif; }
pre, .diff { font: 0.8125rem/1.5 var(--mono); tab-size: 8; }
pre { margin: 0; white-space: pre-wrap; }
.code { padding: 0.6rem 0.8rem; border-radius: 6px; background: var(--ground); border: 1px solid var(--line); }
.diff { table-layout: fixed; border: 1px solid var(--line); }
.diff th { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--line); color: var(--muted); font: 500 0.8rem/1.5 system-ui, sans-serif;
  text-align: left; }
.diff th .note { font-style: italic; }
.diff td { padding: 0 0.6rem 0 1.6rem; vertical-align: top; white-space: break-spaces; position: relative; unicode-bidi: isolate; }
.diff td:first-child, .diff th:first-child { border-right: 1px solid var(--line); }
.diff td:empty { background: var(--ground); }
.diff del, .diff ins { text-decoration: none; }
.diff .del { background: var(--del); } .diff .ins { background: var(--ins); }
.diff .del::before, .diff .ins::before { position: absolute; left: 0.6rem; color: var(--muted); }
.diff .del::before { content: "\\2212"; } .diff .ins::before { content: "+"; }
mark { color: inherit; border-radius: 2px; }
.del mark { background: var(--del-mark); } .ins mark { background: var(--ins-mark); }
summary { cursor: pointer; padding: 0.3rem 0; font-size: 0.875rem; }
.preview > div { display: grid; gap: 0.75rem; grid-template-columns: 1fr 1fr; }
iframe { width: 100%; height: 16rem; resize: vertical; border: 1px solid var(--line); border-radius: 6px; background: #fff; color-scheme: light; }
@media (max-width: 42rem) {
  .diff, .diff tbody, .diff tr, .diff td { display: block; }
  .diff thead tr { display: flex; border-bottom: 1px solid var(--line); }
  .diff th, .diff th:first-child { border: 0; } .diff th:first-child::before { content: "\\2212  "; } .diff th + th::before { content: "+  "; }
  .diff td:first-child { border-right: 0; }
  .diff .same td + td, .diff td:empty { display: none; }
  .preview > div { grid-template-columns: 1fr; }
}
@media print { .filter { display: none; } .cell { break-inside: avoid; } }
`;
