import assert from "node:assert/strict";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { logos } from "../../../src/cli/kernel/logos.ts";

const icon = await Deno.readTextFile(new URL("../../../web/page/public/icon.svg", import.meta.url));
await initWasm(await Deno.readFile(new URL(import.meta.resolve("npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm"))));

/** Renders the icon as a PNG. */
function draw(width: number): Uint8Array {
  const drawing = new Resvg(icon, { fitTo: { mode: "width", value: width } });
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    drawing.free();
  }
}

Deno.test("the kernel's logos are the notebook page's icon in the sizes that Jupyter looks for", () => {
  assert.deepEqual(Object.keys(logos), ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"]);
  assert.equal(new TextDecoder().decode(logos["logo-svg.svg"]), icon);
  // If the icon has changed, write these values to logos.ts.
  assert.equal(logos["logo-32x32.png"].toBase64(), draw(32).toBase64());
  assert.equal(logos["logo-64x64.png"].toBase64(), draw(64).toBase64());
});
