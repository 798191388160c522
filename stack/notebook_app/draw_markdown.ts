/**
 * Markdown, as far as it matters where it is drawn: pictures, formulas, raw HTML.
 *
 * @module
 */

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Draws markdown; formulas stand between dollar signs. What is neither picture nor formula is shown as raw HTML, as in the app. */
export function drawMarkdown(text: string): HTMLElement {
  const block = document.createElement("div");
  block.className = "markdown";
  block.innerHTML = text
    .replace(/\$\$([^$]+)\$\$|\$([^$\n]+)\$/g, (_, block, inline) => {
      return `<span class="formula">${escape(block ?? inline)}</span>`;
    })
    .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (_, alt, src) => `<img alt="${escape(alt)}" src="${escape(src)}">`);
  return block;
}
