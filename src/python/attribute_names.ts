/**
 * Attributes of common types and modules: all methods of the built-in types, and the most used names of some modules. They serve
 * completion only. The list is not complete.
 *
 * @module
 */

/** Attributes by the name of a type or module: `list`, `os.path`, `pandas.DataFrame`. Source: the versions in `PERSONA`. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  str: "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha " +
    "isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust " +
    "lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit " +
    "rstrip split splitlines startswith strip swapcase title translate upper zfill",
  list: "append clear copy count extend index insert pop remove reverse sort",
  dict: "clear copy fromkeys get items keys pop popitem setdefault update values",
  set: "add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset " +
    "issuperset pop remove symmetric_difference symmetric_difference_update union update",
  tuple: "count index",
  int: "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real " +
    "to_bytes",
  float: "as_integer_ratio conjugate from_number fromhex hex imag is_integer real",
  collections: "ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque namedtuple",
  datetime: "MAXYEAR MINYEAR UTC date datetime time timedelta timezone tzinfo",
  "datetime.datetime":
    "astimezone combine ctime date day fromisoformat fromtimestamp hour isocalendar isoformat isoweekday max " +
    "microsecond min minute month now replace second strftime strptime time timestamp timetuple today tzinfo " +
    "utcoffset weekday year",
  functools: "Placeholder cache cached_property cmp_to_key lru_cache partial partialmethod reduce singledispatch " +
    "singledispatchmethod total_ordering update_wrapper wraps",
  itertools: "accumulate batched chain combinations combinations_with_replacement compress count cycle dropwhile " +
    "filterfalse groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest",
  json: "JSONDecodeError JSONDecoder JSONEncoder dump dumps load loads",
  math: "acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf erfc exp exp2 " +
    "expm1 fabs factorial floor fma fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt " +
    "lcm ldexp lgamma log log10 log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh " +
    "sqrt sumprod tan tanh tau trunc ulp",
  os: "chdir chmod cpu_count environ getcwd getenv getpid kill linesep listdir makedirs mkdir name path pathsep " +
    "popen putenv remove removedirs rename replace rmdir scandir sep stat symlink system uname unlink urandom " +
    "walk",
  "os.path":
    "abspath basename commonpath commonprefix dirname exists expanduser expandvars getmtime getsize isabs isdir " +
    "isfile islink join normpath realpath relpath samefile sep split splitdrive splitext",
  pathlib: "Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath",
  "pathlib.Path":
    "absolute as_posix as_uri chmod copy copy_into cwd exists expanduser glob home is_absolute is_dir is_file " +
    "is_relative_to iterdir joinpath match mkdir move move_into name open parent parents parts read_bytes " +
    "read_text relative_to rename replace resolve rglob rmdir root samefile stat stem suffix suffixes touch " +
    "unlink walk with_name with_stem with_suffix write_bytes write_text",
  random: "Random SystemRandom betavariate choice choices expovariate gauss getrandbits getstate lognormvariate " +
    "normalvariate randbytes randint random randrange sample seed setstate shuffle triangular uniform",
  re: "ASCII DOTALL IGNORECASE MULTILINE Match Pattern PatternError VERBOSE compile error escape findall " +
    "finditer fullmatch match purge search split sub subn",
  statistics: "NormalDist correlation covariance fmean geometric_mean harmonic_mean kde kde_random linear_regression " +
    "mean median median_grouped median_high median_low mode multimode pstdev pvariance quantiles stdev " +
    "variance",
  string: "Formatter Template ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits " +
    "printable punctuation whitespace",
  sys: "argv byteorder exc_info executable exit flags float_info getrecursionlimit getrefcount getsizeof " +
    "implementation int_info maxsize modules path platform setrecursionlimit stderr stdin stdout version " +
    "version_info",
  time: "asctime ctime gmtime localtime mktime monotonic monotonic_ns perf_counter perf_counter_ns process_time " +
    "sleep strftime strptime struct_time time time_ns timezone",
  numpy: "abs all allclose any append arange argmax argmin argsort argwhere array array_equal asarray bincount " +
    "broadcast_to ceil clip column_stack concatenate corrcoef cos cov cross cumprod cumsum diag diff digitize " +
    "dot dtype e einsum empty exp expand_dims eye fft flip float32 float64 floor full full_like gradient " +
    "histogram hstack identity inf int32 int64 interp isclose isfinite isin isnan linalg linspace loadtxt log " +
    "log10 log1p log2 logspace matmul max maximum mean median meshgrid min minimum nan nanmean nanstd ndarray " +
    "newaxis nonzero ones ones_like outer percentile pi polyfit polyval prod quantile random ravel repeat " +
    "reshape roll round save savetxt searchsorted set_printoptions sign sin sort split sqrt squeeze stack std " +
    "sum swapaxes tan tile trace transpose triu unique var vectorize vstack where zeros zeros_like",
  "numpy.linalg": "cholesky cond det eig eigh eigvals inv lstsq matrix_power matrix_rank norm pinv qr solve svd",
  "numpy.random":
    "binomial choice default_rng exponential normal permutation poisson rand randint randn random seed shuffle " +
    "standard_normal uniform",
  "numpy.ndarray":
    "T all any argmax argmin argsort astype clip copy cumsum diagonal dot dtype fill flatten item itemsize max " +
    "mean min nbytes ndim nonzero prod ravel repeat reshape round shape size sort squeeze std sum swapaxes " +
    "tolist transpose var view",
  pandas: "Categorical CategoricalDtype DataFrame DatetimeIndex Index Interval MultiIndex NA NaT Series Timedelta " +
    "Timestamp concat crosstab cut date_range get_dummies isna json_normalize melt merge notna option_context " +
    "pivot pivot_table qcut read_csv read_excel read_html read_json read_parquet read_sql set_option " +
    "timedelta_range to_datetime to_numeric unique value_counts",
  "pandas.DataFrame":
    "T agg all any apply assign astype at boxplot columns copy corr count cov cummax cumsum describe diff drop " +
    "drop_duplicates dropna dtypes duplicated empty eval expanding explode fillna filter groupby head hist iat " +
    "idxmax idxmin iloc index info interpolate isin isna items iterrows itertuples join loc map max mean median " +
    "melt memory_usage merge min mode nlargest notna nsmallest nunique pct_change pipe pivot pivot_table plot " +
    "pop prod quantile query rank reindex rename replace resample reset_index rolling round sample " +
    "select_dtypes set_index shape shift size sort_index sort_values squeeze stack std style sum tail to_csv " +
    "to_dict to_excel to_html to_json to_markdown to_numpy to_parquet transform unstack values var where xs",
  "pandas.Series":
    "agg all any apply array astype at between clip copy corr count cumsum describe diff dropna dt dtype " +
    "duplicated fillna groupby head hist iat idxmax idxmin iloc index is_unique isin isna items loc map max " +
    "mean median min mode name nlargest notna nsmallest nunique pct_change plot quantile rank reindex rename " +
    "replace reset_index rolling round sample shape shift size sort_index sort_values std str sum tail to_dict " +
    "to_frame to_list to_numpy unique value_counts values var where",
  "matplotlib.pyplot":
    "axhline axis axvline bar barh boxplot cla clf close colorbar contour contourf errorbar figure fill_between " +
    "gca gcf grid hist hist2d hlines imshow legend loglog pcolormesh pie plot savefig scatter semilogx semilogy " +
    "setp show stackplot stem step style subplot subplots subplots_adjust suptitle text tick_params " +
    "tight_layout title twinx violinplot vlines xlabel xlim xscale xticks ylabel ylim yscale yticks",
};

/** The functions that return an instance of a type, by the type. */
const RETURNED_BY: Readonly<Record<string, string>> = {
  "numpy.ndarray":
    "numpy.arange numpy.array numpy.asarray numpy.empty numpy.eye numpy.full numpy.linspace numpy.logspace " +
    "numpy.ones numpy.random.rand numpy.random.randn numpy.zeros",
  "pandas.DataFrame":
    "pandas.concat pandas.merge pandas.read_csv pandas.read_excel pandas.read_json pandas.read_parquet " +
    "pandas.read_sql",
  "datetime.datetime": "datetime.datetime.now datetime.datetime.today datetime.datetime.strptime",
  "pathlib.Path": "pathlib.Path.cwd pathlib.Path.home",
};

const returned = new Map(
  Object.entries(RETURNED_BY).flatMap(([type, names]) => names.split(" ").map((name) => [name, type])),
);

/** Lists attributes of a type or module. The list is empty if the type or module is not known. */
export function commonAttributes(owner: string): readonly string[] {
  return Object.hasOwn(ATTRIBUTES, owner) ? ATTRIBUTES[owner].split(" ") : [];
}

/** Returns the type of a call's value if it is known, otherwise the name of the called function, which may be a class. */
export function typeOfCall(callee: string): string {
  return returned.get(callee) ?? callee;
}
