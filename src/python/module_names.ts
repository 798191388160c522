/**
 * Names of Python modules.
 *
 * @module
 */

/**
 * The standard library: `sys.stdlib_module_names` of the Python in `PERSONA`, without private and deprecated modules and those of
 * other platforms.
 */
const STANDARD_LIBRARY =
  "abc annotationlib argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath cmd " +
  "code codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy " +
  "copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip " +
  "enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext " +
  "glob graphlib grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json " +
  "keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc " +
  "numbers operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib pprint profile " +
  "pstats pty pwd py_compile pyclbr pydoc queue quopri random re readline reprlib resource rlcompleter runpy " +
  "sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat " +
  "statistics string stringprep struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile " +
  "termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle " +
  "types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc " +
  "zipapp zipfile zipimport zlib zoneinfo";

/** Submodules of the standard library that are often imported. */
const SUBMODULES = "collections.abc concurrent.futures email.message http.client http.server importlib.metadata " +
  "importlib.resources logging.handlers multiprocessing.pool os.path unittest.mock urllib.error urllib.parse " +
  "urllib.request xml.etree.ElementTree";

/** Packages and submodules that notebooks often import. */
const PACKAGES = "IPython bs4 matplotlib matplotlib.pyplot networkx numpy numpy.linalg numpy.random pandas plotly " +
  "plotly.express requests scipy scipy.stats seaborn sklearn sklearn.linear_model sklearn.model_selection " +
  "statsmodels sympy tqdm";

/** The modules of the standard library, without submodules. */
export const STANDARD_MODULES: ReadonlySet<string> = new Set(STANDARD_LIBRARY.split(" "));

/** Modules for completion: the standard library and popular packages. */
export const MODULES: readonly string[] = [STANDARD_LIBRARY, SUBMODULES, PACKAGES].flatMap((list) => list.split(" "));
