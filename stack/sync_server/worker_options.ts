/**
 * Reads the options for running the worker from the configuration that deploys it. This machine needs no second
 * configuration.
 *
 * @module
 */

export const configurationFile = new URL("../../deploy/cloudflare/wrangler.jsonc", import.meta.url);

/** The part of Wrangler's configuration that applies locally. */
interface Configuration {
  compatibility_date: string;
  compatibility_flags: string[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
  migrations: { new_sqlite_classes: string[] }[];
  d1_databases: { binding: string }[];
  r2_buckets: { binding: string }[];
}

/** The options as miniflare names them. */
export interface WorkerOptions {
  compatibilityDate: string;
  compatibilityFlags: string[];
  durableObjects: Record<string, { className: string; useSQLite: boolean }>;
  d1Databases: string[];
  r2Buckets: string[];
}

export async function readWorkerOptions(): Promise<WorkerOptions> {
  const text = await Deno.readTextFile(configurationFile);
  // The file's comments are on separate lines.
  const configuration: Configuration = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ""));
  const inSQLite = configuration.migrations.flatMap((migration) => migration.new_sqlite_classes);
  return {
    compatibilityDate: configuration.compatibility_date,
    compatibilityFlags: configuration.compatibility_flags,
    durableObjects: Object.fromEntries(
      configuration.durable_objects.bindings.map(({ name, class_name }) => [
        name,
        { className: class_name, useSQLite: inSQLite.includes(class_name) },
      ]),
    ),
    d1Databases: configuration.d1_databases.map(({ binding }) => binding),
    r2Buckets: configuration.r2_buckets.map(({ binding }) => binding),
  };
}
