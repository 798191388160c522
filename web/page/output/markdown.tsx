/**
 * Markdown, with formulas.
 *
 * @module
 */

import { memo } from "react";
import { MarkupText } from "./markup_text.tsx";

/** Draws markdown. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  return <MarkupText kind="markdown" source={source} />;
});
