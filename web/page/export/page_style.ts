/**
 * The styles of an exported web page: the page's own styles for texts and colours, and a few more.
 *
 * @module
 */

/** Matches the page's rules that are used. */
const TAKEN = /(?:^|[\s,>])(?::root|\.ansi-|\.markdown\b)/;

/** Further rules. One file serves for the screen and for paper. */
const OWN = `
body { max-width: 980px; margin: 0 auto; padding: 16px; background: var(--ground); color: var(--text); font: 15px/1.55 var(--sans); }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 var(--mono); }
.made-up { padding: 8px 14px; border-radius: 10px; background: var(--hint-soft); border: 1px solid var(--line-strong); }
.cell { margin: 14px 0; }
.code > pre { padding: 10px 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); }
.prompt, .by, .no-content { color: var(--muted); font-size: 12px; }
.by { margin: 4px 0 0; font-style: italic; }
.question { padding: 8px 12px; border-radius: 10px; background: var(--hint-soft); }
.outputs { padding: 6px 12px 0; }
.outputs > * { margin: 4px 0; }
.stderr { background: var(--bad-soft); }
img { max-width: 100%; }
.figure { background: #fff; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 5px 12px; text-align: left; border-bottom: 1px solid var(--line); }
.tok-keyword { color: var(--code-keyword); }
.tok-string, .tok-string2 { color: var(--code-string); }
.tok-number, .tok-bool, .tok-atom { color: var(--code-number); }
.tok-comment { color: var(--code-comment); font-style: italic; }
.tok-definition { color: var(--code-definition); }
.tok-meta { color: var(--code-meta); }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; }
  .made-up { border: 1px solid #000; }
  .cell { break-inside: auto; }
  img, tr { break-inside: avoid; }
}
`;

export function pageStyle(): string {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const taken = rules.filter((rule) => rule instanceof CSSStyleRule && TAKEN.test(rule.selectorText));
  return `${taken.map(({ cssText }) => cssText).join("\n")}\n${OWN}`;
}
