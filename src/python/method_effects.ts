/**
 * Guesses from the name of a method or function what it changes.
 *
 * @module
 */

/** Methods of lists, sets, dictionaries, deques and models that change their object in any context. */
const MUTATORS: ReadonlySet<string> = new Set(
  ("add append appendleft clear discard extend extendleft fit insert pop popitem popleft remove reverse rotate setdefault sort " +
    "update").split(" "),
);

/** Methods that usually do not change their object. */
const READERS: ReadonlySet<string> = new Set(
  ("boxplot copy corr count decode describe display encode endswith format get groupby head hist index info isna isnull items " +
    "join keys lower max mean median min nunique plot predict print round savefig score show split startswith std strip sum " +
    "summary tail to_csv to_excel to_json to_string unique upper value_counts values var").split(" "),
);

/** Whether a method of this name usually changes its object. */
export function alwaysChanges(method: string): boolean {
  return MUTATORS.has(method);
}

/** Whether a method of this name usually leaves its object unchanged, even if the call's value is not used. */
export function onlyReads(method: string): boolean {
  return READERS.has(method);
}

/** Functions and methods of the standard library and NumPy that change their first argument. */
const ARGUMENT_MUTATORS: ReadonlySet<string> = new Set(
  ("copyto delattr delitem fill_diagonal heapify heappop heappush heappushpop heapreplace iadd insort insort_left insort_right next " +
    "setattr setitem shuffle").split(" "),
);

/** Whether a function of this name usually changes its first argument. */
export function changesArgument(name: string): boolean {
  return ARGUMENT_MUTATORS.has(name);
}
