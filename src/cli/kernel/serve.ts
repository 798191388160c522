/**
 * Serves one kernel at the ports of a connection file.
 *
 * @module
 */

import { readConnectionFile } from "../../jupyter/connection_file.ts";
import type { ConnectionInfo } from "../../jupyter/connection_info.ts";
import { CellArchive } from "../../jupyter/kernel/cell_archive.ts";
import { Kernel } from "../../jupyter/kernel/kernel.ts";
import { ServedShell } from "../../jupyter/kernel/served_shell.ts";
import { withSmallPng } from "../../jupyter/kernel/small_png.ts";
import { DrawingThread } from "../../media/drawing_thread.ts";
import { BindError } from "../../zmtp/errors.ts";
import type { Invocation } from "../command.ts";
import { exitCodeOfSignal } from "../exit_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";
import { readFolder } from "../repl/read_folder.ts";
import { introduce, openShell } from "../shell/open_shell.ts";
import type { ShellSettingName } from "../shell/shell_settings.ts";
import { version } from "../version.ts";
import { missingKey } from "./missing_key.ts";
import { watchParent } from "./parent_watch.ts";

/**
 * Serves a kernel until a client shuts it down, its parent ends or SIGTERM ends it. SIGINT interrupts the running cell. The kernel also
 * starts if the model server's API key is missing. Each cell then says what to do.
 *
 * @throws {ConfigurationError} the connection file or the history file cannot be used, or a port is not available
 */
export async function serve(invocation: Invocation<ShellSettingName>): Promise<number> {
  const { operands: [path], flags, host, logger } = invocation;
  const connection = await readConnection(path, invocation);
  const archive = openArchive(flags.history, invocation);
  await using resources = new AsyncDisposableStack();
  const thread = resources.use(new DrawingThread({ clock: host.clock }));
  const kernel = resources.use(
    await startKernel(connection, {
      version,
      shell: serveShell(invocation, archive, resources),
      archive,
      illustrate: withSmallPng(thread, logger, host.clock),
      readFolder,
      clock: host.clock,
      logger,
    }),
  );
  if (connection.key === "") {
    logger.warn("the connection file has no key: everyone who can connect to the ports can run cells");
  }
  logger.info("the kernel is ready", { file: path, ...kernel.ports });
  return await ended(kernel, invocation);
}

/** Jupyter's variable that allows connection files on a disk without file permissions. */
const ALLOW_INSECURE = "JUPYTER_ALLOW_INSECURE_WRITES";

/** Reads the connection file. Only its owner may be able to read it, because anyone who knows its key can run cells. */
async function readConnection(
  path: string,
  { host, logger }: Pick<Invocation, "host" | "logger">,
): Promise<ConnectionInfo> {
  const { warnings, ...connection } = await readConnectionFile(path);
  const isAllowed = /^(?:1|true)$/i.test(host.environment[ALLOW_INSECURE] ?? "");
  for (const warning of warnings) {
    if (!isAllowed) throw unusableFile(`${warning}, or set ${ALLOW_INSECURE}=1 if the disk has no file permissions`);
    logger.warn(warning);
  }
  return connection;
}

/** Waits until the kernel ends, and returns the exit code. */
async function ended(kernel: Kernel, { host, logger }: Invocation<ShellSettingName>): Promise<number> {
  const end = Promise.withResolvers<number>();
  kernel.ended.then(() => end.resolve(0), end.reject);
  const forget = [
    host.onStopSignal((signal) => signal === "SIGINT" ? kernel.interrupt() : end.resolve(exitCodeOfSignal(signal))),
    host.onUncaught(end.reject),
    watchParent({ parentId: () => Deno.ppid, environment: host.environment, clock: host.clock }, () => {
      logger.info("the kernel ends, because the program that started it has ended");
      end.resolve(0);
    }),
  ];
  try {
    return await end.promise;
  } finally {
    forget.forEach((each) => each());
  }
}

async function startKernel(
  connection: ConnectionInfo,
  options: Omit<Parameters<typeof Kernel.start>[0], "connection">,
): Promise<Kernel> {
  try {
    return await Kernel.start({ connection, ...options });
  } catch (error) {
    if (error instanceof BindError) throw unusableFile(error.message);
    throw error;
  }
}

/** Creates a shell that continues after the cells of the archive. */
function serveShell(invocation: Invocation<ShellSettingName>, archive: CellArchive, resources: AsyncDisposableStack) {
  const { settings, origins, flags, issues, logger } = invocation;
  const stopping = new AbortController();
  resources.defer(() => stopping.abort(new Error("The kernel ends")));
  const history = archive.restored;
  const preview = {
    model: flags.offline !== undefined ? "offline-python" : settings.model,
    introduction: introduce(settings, flags),
    executionCount: (history.at(-1)?.executionCount ?? 0) + 1,
  };
  return new ServedShell(preview, async () => {
    if (issues.length > 0) throw missingKey(invocation);
    const options = { isCellNext: true, hasInput: true, history };
    return resources.use(await openShell({ settings, origins, flags, logger }, stopping.signal, options));
  });
}

function openArchive(path: string | undefined, { logger }: Pick<Invocation, "logger">): CellArchive {
  try {
    return CellArchive.open(path, logger);
  } catch (error) {
    throw unusableFile(`cannot keep the history in ${JSON.stringify(path)}: ${fileProblem(error, "write")}`);
  }
}
