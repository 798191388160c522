/**
 * Prints a web page that is not shown.
 *
 * @module
 */

/** Prints the page, whose scripts do not run, and resolves when the person has answered the browser. */
export async function printHtml(html: string): Promise<void> {
  const frame = document.createElement("iframe");
  frame.className = "unseen";
  frame.title = "The notebook, to be printed";
  frame.tabIndex = -1;
  // Its document must be reached to be printed.
  frame.sandbox.add("allow-same-origin", "allow-modals");
  frame.srcdoc = html;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  try {
    await loaded;
    await Promise.all([...frame.contentDocument!.images].map((image) => image.decode().catch(() => {})));
    frame.contentWindow!.print();
  } finally {
    frame.remove();
  }
}
