/**
 * Removes packages that the command does not import from a `deno.json`, so that an image does not contain packages
 * for tests and tools. The argument is the folder of a clone.
 *
 * @module
 */

const [folder] = Deno.args;
const config = JSON.parse(Deno.readTextFileSync(`${folder}/deno.json`));
const source = ["mod.ts", ...modulesIn("bin"), ...modulesIn("src")]
  .map((path) => Deno.readTextFileSync(`${folder}/${path}`)).join("\n");
const isNamed = (name: string) => source.includes(`"${name}"`) || source.includes(`"${name}/`);
config.imports = Object.fromEntries(Object.entries(config.imports).filter(([name]) => isNamed(name)));
Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify(config, undefined, 2));

/** The modules of a folder, with their paths in the clone. */
function modulesIn(path: string): string[] {
  return [...Deno.readDirSync(`${folder}/${path}`)].flatMap(({ name, isDirectory }) => {
    const inside = `${path}/${name}`;
    return isDirectory ? modulesIn(inside) : name.endsWith(".ts") ? [inside] : [];
  });
}
