/**
 * The README's screenshot of the kernel in JupyterLab: a figure and an exception.
 *
 * Its text uses the machine's fonts, so no test compares it.
 *
 * @module
 */

import { answer, display, error, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { openLab } from "./jupyterlab.ts";
import { codeCell, openNotebook, promptReads, run } from "./jupyterlab_notebook.ts";
import { answersByCode } from "./open_site.ts";
import { FLAGS, type Screenshot } from "./screenshots.ts";

/** The window size, in CSS pixels. */
const WINDOW = { width: 1000, height: 800 };

const cells = {
  plot: `import numpy as np
import matplotlib.pyplot as plt

t = np.linspace(0, 10, 200)
swing = np.exp(-t / 4) * np.cos(3 * t)
print(f"{swing.min():.3f} to {swing.max():.3f}")
plt.plot(t, swing)
plt.title("A swing comes to rest")
plt.show()`,
  broken: "swing[200]",
};

/** Makes the figure as matplotlib would draw it: 480 by 240 pixels. */
function figure(): string {
  const place = (t: number, y: number) => `${(45 + t * 42).toFixed(1)},${(120 - y * 85).toFixed(1)}`;
  const points = Array.from({ length: 200 }, (_, index) => {
    const t = index * 10 / 199;
    return place(t, Math.exp(-t / 4) * Math.cos(3 * t));
  });
  const text = (x: number, y: number, content: string, anchor = "middle") =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
  const across = [0, 2, 4, 6, 8, 10].map((t) => text(45 + t * 42, 230, String(t)));
  const up = [-1, 0, 1].map((y) => text(38, 124 - y * 85, String(y).replace("-", "\u2212"), "end"));
  return '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="240" viewBox="0 0 480 240" font-family="sans-serif" ' +
    'font-size="11"><rect width="480" height="240" fill="#fff"/>' +
    '<rect x="45" y="25" width="420" height="190" fill="none" stroke="#000" stroke-width="0.8"/>' +
    `<polyline fill="none" stroke="#1f77b4" stroke-width="1.5" points="${points.join(" ")}"/>` +
    `<g font-size="13">${text(255, 18, "A swing comes to rest")}</g>${across.join("")}${up.join("")}</svg>`;
}

const scripts = {
  [JSON.stringify(cells.plot.split("\n")[3]).slice(1, -1)]: answer(
    stdout("-0.772 to 1.000\n"),
    display({ "image/svg+xml": figure(), "text/plain": "<Figure size 640x480 with 1 Axes>" }),
  ),
};

const message = "index 200 is out of bounds for axis 0 with size 200";

const failure = answer(error("IndexError", message, [
  "-".repeat(75),
  "IndexError                                Traceback (most recent call last)",
  "Cell In[2], line 1\n----> 1 swing[200]\n",
  `IndexError: ${message}`,
]));

/** Starts JupyterLab and Chromium and takes the screenshot. */
export async function takeJupyterLabScreenshot(): Promise<Screenshot> {
  await using model = await startScriptedModel(answersByCode(scripts, failure));
  await using lab = await openLab(async (home) => [
    ...["--model", "gpt-4o", "--base-url", model.baseUrl],
    ...["--env-file", await home.write("aipython.env", "OPENAI_API_KEY=key\n")],
  ], FLAGS);
  const page = await openNotebook(lab, "Python, played by gpt-4o (AIPython)");
  await page.setViewportSize(WINDOW);
  await run(page, cells.plot);
  await codeCell(page, 1).locator(".jp-RenderedSVG").waitFor();
  await promptReads(page, 1, "[1]:");
  await run(page, cells.broken);
  await promptReads(page, 2, "[2]:");
  await page.keyboard.press("Control+b");
  await page.locator("#jp-left-stack").waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  return { name: "jupyterlab", png: await page.screenshot({ animations: "disabled" }) };
}
