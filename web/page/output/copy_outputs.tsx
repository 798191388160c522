/**
 * Copies a cell's outputs as text.
 *
 * @module
 */

import { useEffect, useState } from "react";
import { api } from "../api/api.ts";
import type { ShownOutput } from "../store/read_outputs.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { artifactsOf, outputText } from "./output_text.ts";
import { writeClipboard } from "./write_clipboard.ts";

/** The time for which the confirmation is shown, in milliseconds. */
const SAID_MS = 2_500;

export function CopyOutputs({ outputs }: { outputs: readonly ShownOutput[] }) {
  const [news, setNews] = useState("");
  useEffect(() => {
    if (news === "") return;
    const timer = setTimeout(() => setNews(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [news]);
  const copy = async () => {
    setNews("");
    setNews(await copyOutputs(outputs));
  };
  return (
    <div className="copy-outputs">
      <span role="status">{news}</span>
      <IconButton icon="copies" label="Copy the output as text" onClick={() => void copy()} />
    </div>
  );
}

async function copyOutputs(outputs: readonly ShownOutput[]): Promise<string> {
  try {
    const text = outputText(outputs, await readTexts(artifactsOf(outputs)));
    if (text === "") return "There is no text to copy";
    return await writeClipboard(text) ? "Copied" : "The browser does not let the page copy";
  } catch (error) {
    return `Not copied: ${(error as Error).message}`;
  }
}

async function readTexts(artifactIds: readonly string[]): Promise<Record<string, string>> {
  const texts = await Promise.all(artifactIds.map(async (id) => {
    const bytes = await api.artifact(id);
    return bytes === undefined ? [] : [[id, new TextDecoder().decode(bytes)]];
  }));
  return Object.fromEntries(texts.flat());
}
