/**
 * A formula in LaTeX.
 *
 * @module
 */

import katex from "katex";
import { memo, useMemo } from "react";
import { SafeHtml, sanitize } from "./markdown.tsx";

/** What IPython puts around a formula. */
const DELIMITERS = /^\s*\$\$?|\$\$?\s*$|^\s*\\\[|\\\]\s*$/g;

/** Draws the formula. */
export const Latex = memo(function Latex({ source }: { source: string }) {
  const html = useMemo(() => {
    const formula = source.replace(DELIMITERS, "").replace(/^\s*\\displaystyle/, "");
    return sanitize(katex.renderToString(formula, { displayMode: true, output: "mathml", throwOnError: false }));
  }, [source]);
  return <SafeHtml html={html} />;
});
