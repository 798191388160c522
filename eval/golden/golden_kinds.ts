/**
 * The kinds and requirements of the cells of the golden recording, and the cells that are left out.
 *
 * @module
 */

/** The cells of each kind. */
const kinds: Readonly<Record<string, string>> = {
  expression: `expr semicolon none two_exprs str_repr dict_small dict_multiline list_long list_strs set_sorted set_long
    list_1200 float class_obj class_repr type_fn store_history_false unicode if_expr for_expr last_assign_expr walrus
    decor_docstring generator range bytes nested_pretty`,
  state: "assign underscore out_index user_expr main del_x exit",
  print: `print print_then_result slow_prints print_flush print_noeol stdout_stderr_mix cr_progress thread_print
    big_output ansi os_write`,
  warning: "warning warn_fn logging",
  error: `zerodiv nameerror fn_error print_then_error syntax syntax2 indent chained chained_ctx from_none custom_exc
    empty_msg_exc bare_raise assert recursion lib_error pandas_keyerror exc_group sysexit exit_cmd_quiet import_missing
    attr_err repr_raises input_nostdin`,
  stdlib: "dataclass ordered datetime path decimal re_match",
  async: "await async_for await_expr",
  rich: `html html_result markdown math json_disp svg_disp display_many display_raw order_mix repr_html mimebundle
    ipython_display clear clear_wait disp_id update disp_id_auto`,
  magics: "time_magic cell_time timeit who whos lsmagic_bad cd writefile capture env history matplotlib_inline",
  help: "help_fn qmark qqmark qmark_missing",
  shell: "bang_stderr bash subprocess",
  numpy: "numpy_1d numpy_2d numpy_big numpy_scalar",
  pandas: "df df_print df_describe df_info df_long series",
  matplotlib: "mpl_import mpl_plot mpl_show mpl_fig_result",
};

/** The cells that need more than the standard library. */
const needed: Readonly<Record<string, string>> = {
  numpy: kinds.numpy,
  pandas: `${kinds.pandas} pandas_keyerror`,
  matplotlib: `${kinds.matplotlib} matplotlib_inline`,
  shell: kinds.shell,
};

/** The reasons why cells are not asked for, by name. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ["empty", "has no code: the agent answers without asking the model"],
  ["comment_only", "has no code: the agent answers without asking the model"],
  ["silent", "was run silently, which a notebook never does"],
  ["kbint", "was interrupted: the agent answers an interrupt without asking the model"],
  ["input", "was recorded with somebody who types, and here nobody can"],
  ["getpass", "was recorded with somebody who types, and here nobody can"],
  ["pwd", "shows the folder that the kernel was started in, which no earlier cell tells"],
]);

/** The cells that left no trace in the session: they are not in the history of later cells. */
export const notInHistory: ReadonlySet<string> = new Set(["empty", "silent", "store_history_false", "kbint"]);

const kindOfName = new Map(Object.entries(kinds).flatMap(([kind, names]) => words(names).map((name) => [name, kind])));

/** Returns a cell's kind; `undefined` for an unknown cell. */
export function kindOf(name: string): string | undefined {
  return kindOfName.get(name);
}

/** Returns a cell's requirements besides the standard library. */
export function needsOf(name: string): string[] {
  return Object.keys(needed).filter((need) => words(needed[need]).includes(name));
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
