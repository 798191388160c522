/**
 * Draws the parts of Markdown that tests need: pictures, formulas, raw HTML.
 *
 * @module
 */

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Formulas are between dollar signs. Everything except pictures and formulas is drawn as raw HTML, as in the app. */
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
