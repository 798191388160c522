/**
 * A LaTeX formula.
 *
 * @module
 */

import { memo } from "react";
import { MarkupText } from "./markup_text.tsx";

export const Latex = memo(function Latex({ source }: { source: string }) {
  return <MarkupText kind="latex" source={source} />;
});
