/**
 * Conversion of SVGs to PNGs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { pngSize, readRasterImage } from "../../src/media/raster_image.ts";
import { SvgError } from "../../src/media/svg_error.ts";
import { svgToPng } from "../../src/media/svg_to_png.ts";
import { plot } from "./pictures.ts";

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';

const sized = (attributes: string, content = "") => svgToPng(`<svg ${XMLNS} ${attributes}>${content}</svg>`);

Deno.test("svgToPng() draws a valid PNG of twice the size", async () => {
  const png = await svgToPng(plot(30));
  assert.deepEqual(pngSize(png), { width: 1280, height: 960 });
  assert.notEqual(readRasterImage("image/png", png.toBase64()), undefined);
});

Deno.test("svgToPng() takes the size from width and height, or from the viewBox without them", async () => {
  const sizes: [attributes: string, width: number, height: number][] = [
    ['width="30" height="20"', 60, 40],
    ['width="72pt" height="36pt" viewBox="0 0 1 1"', 192, 96],
    ['viewBox="0 0 300 200"', 600, 400],
    ['width="100%" height="100%" viewBox="0 0 300 200"', 600, 400],
  ];
  for (const [attributes, width, height] of sizes) {
    assert.deepEqual(pngSize(await sized(attributes)), { width, height }, attributes);
  }
});

Deno.test("svgToPng() reduces a picture with too many pixels", async () => {
  for (const attributes of ['width="10000" height="5000"', 'width="1000000000" height="500000000"']) {
    const { width, height } = pngSize(await sized(attributes));
    assert.ok(width * height > 8_000_000 && width * height < 8_500_000, `${width} x ${height}`);
    assert.ok(Math.abs(width / height - 2) < 0.01);
  }
});

const texts: Record<string, string> = {
  "without a font": "<text y='20'>Hi</text>",
  "in a missing font": "<text y='20' font-family='Arial, Helvetica'>Hi</text>",
  "in monospace": "<text y='20' font-family='monospace'>Hi</text>",
  "in bold italics": "<text y='20' font-weight='bold' font-style='italic'>Hi</text>",
  "with Greek": "<text y='20'>π</text>",
};

for (const [how, text] of Object.entries(texts)) {
  Deno.test(`svgToPng() draws text ${how}`, async () => {
    const empty = await sized('width="60" height="30"');
    assert.ok((await sized('width="60" height="30"', text)).length > empty.length + 50);
  });
}

Deno.test("svgToPng() draws bold and italic text differently", async () => {
  const word = (attributes: string) => sized('width="90" height="30"', `<text y="20" ${attributes}>Word</text>`);
  const drawn = await Promise.all(
    ["", 'font-weight="700"', 'font-style="italic"', 'font-weight="bold" font-style="italic"'].map(word),
  );
  assert.equal(new Set(drawn.map((png) => png.toBase64())).size, 4);
});

for (const svg of ["", "plot", `<svg ${XMLNS}><g></svg>`, `<svg ${XMLNS} width="0" height="0"/>`, "<svg/>"]) {
  Deno.test(`svgToPng() rejects ${JSON.stringify(svg)} and draws the next SVG`, async () => {
    await assert.rejects(
      svgToPng(svg),
      (error) => error instanceof SvgError && /^the SVG cannot be drawn: /.test(error.message),
    );
    assert.deepEqual(pngSize(await sized('width="1" height="1"')), { width: 2, height: 2 });
  });
}

Deno.test("svg_to_png.ts loads the package versions that deno.json imports", async () => {
  const source = await Deno.readTextFile(new URL("../../src/media/svg_to_png.ts", import.meta.url));
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  for (const name of ["@resvg/resvg-wasm", "@fontsource/dejavu-sans"]) {
    assert.ok(source.includes(`"${imports[name]}/`), `${imports[name]} is not what svg_to_png.ts reads`);
  }
});

Deno.test("an agent installed from a registry draws an SVG offline with only --allow-read", async () => {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  // Serves the source as a registry does: over HTTP and with the import map applied.
  const fetched: string[] = [];
  await using registry = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    fetched.push(request.url);
    let text = await Deno.readTextFile(source + new URL(request.url).pathname.slice(1));
    for (const name of Object.keys(imports)) {
      for (const before of ["import(", "from "]) {
        text = text.replaceAll(`${before}"${name}`, `${before}"${imports[name]}`);
      }
    }
    return new Response(text, { headers: { "content-type": "text/typescript" } });
  });
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${folder}/main.ts`,
      `import { DrawingThread } from "http://127.0.0.1:${registry.addr.port}/media/drawing_thread.ts";
       using thread = new DrawingThread();
       const png = await thread.draw(\`${plot(3)}\`);
       for (let rest = png; rest.length > 0;) rest = rest.subarray(Deno.stdout.writeSync(rest));`,
    );
    const deno = async (...args: string[]) => {
      const flags = ["--quiet", "--no-lock", `--allow-import=127.0.0.1:${registry.addr.port}`];
      const [command, ...rest] = args;
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [command, ...flags, ...rest, "main.ts"],
        cwd: folder,
      }).output();
      assert.equal(new TextDecoder().decode(stderr), "");
      return stdout;
    };
    await deno("cache");
    const installed = fetched.length;
    assert.ok(installed > 5, `${fetched}`);
    assert.deepEqual(await deno("run", "--allow-read"), await svgToPng(plot(3)));
    assert.deepEqual(fetched.slice(installed), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
