"""List the frames of magics other than %time and %timeit that tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

RECORDED = r'''
load_ext
File ~/IPython/core/magics/extension.py:33, in ExtensionMagics.load_ext(self, module_str)
: 32-35
     31 if not module_str:
     32     raise UsageError('Missing module name.')
---> 33 res = self.shell.extension_manager.load_extension(module_str)
     35 if res == 'already loaded':
     36     print("The %s extension is already loaded. To reload it, use:" % module_str)
---
reload_ext
File ~/IPython/core/magics/extension.py:63, in ExtensionMagics.reload_ext(self, module_str)
: 62-63
     61 if not module_str:
     62     raise UsageError('Missing module name.')
---> 63 self.shell.extension_manager.reload_extension(module_str)
---
reload_extension
File ~/IPython/core/extensions.py:125, in ExtensionManager.reload_extension(self, module_str)
: 124-125
    123         self.loaded.add(module_str)
    124 else:
--> 125     self.load_extension(module_str)
---
load_extension
File ~/IPython/core/extensions.py:62, in ExtensionManager.load_extension(self, module_str)
: 61-63
     55 """Load an IPython extension by its module name.
     56 
     57 Returns the string "already loaded" if the extension is already loaded,
     58 "no load function" if the module doesn't have a load_ipython_extension
     59 function, or None if it succeeded.
     60 """
     61 try:
---> 62     return self._load_extension(module_str)
     63 except ModuleNotFoundError:
     64     if module_str in BUILTINS_EXTS:
---
import_extension
File ~/IPython/core/extensions.py:77, in ExtensionManager._load_extension(self, module_str)
: 76-78
     75 with self.shell.builtin_trap:
     76     if module_str not in sys.modules:
---> 77         mod = import_module(module_str)
     78     mod = sys.modules[module_str]
     79     if self._call_load_ipython_extension(mod):
---
run_first_word
File ~/IPython/core/magics/execution.py:728, in ExecutionMagics.run(self, parameter_s, runner, file_finder)
:
    727 fpath = None # initialize to make sure fpath is in scope later
--> 728 fpath = arg_lst[0]
    729 filename = file_finder(fpath)
---
run_find
File ~/IPython/core/magics/execution.py:729, in ExecutionMagics.run(self, parameter_s, runner, file_finder)
:
    728     fpath = arg_lst[0]
--> 729     filename = file_finder(fpath)
    730 except IndexError as e:
---
find
File ~/IPython/utils/path.py:90, in get_py_filename(name)
:
     89         return py_name
---> 90 raise IOError("File `%r` not found." % name)
---
run_without_name
File ~/IPython/core/magics/execution.py:732, in ExecutionMagics.run(self, parameter_s, runner, file_finder)
: 731-733
    730 except IndexError as e:
    731     msg = 'you must provide at least a filename.'
--> 732     raise Exception(msg) from e
    733 except IOError as e:
    734     try:
---
run_unfound
File ~/IPython/core/magics/execution.py:740, in ExecutionMagics.run(self, parameter_s, runner, file_finder)
: 739-741
    738     if os.name == 'nt' and re.match(r"^'.*'$",fpath):
    739         warn('For Windows, use double quotes to wrap a filename: %run "mypath\\myfile.py"')
--> 740     raise Exception(msg) from e
    741 except TypeError:
    742     if fpath in sys.meta_path:
---
writefile
File ~/IPython/core/magics/osm.py:854, in OSMagics.writefile(self, line, cell)
: 853-855
    851     print("Writing %s" % filename)
    853 mode = 'a' if args.append else 'w'
--> 854 with io.open(filename, mode, encoding='utf-8') as f:
    855     f.write(cell)
---
script
File ~/IPython/core/magics/script.py:160, in ScriptMagics._make_script_magic.<locals>.named_script_magic(line, cell)
:
    158 else:
    159     line = script
--> 160 return self.shebang(line, cell)
---
shebang
File ~/IPython/core/magics/script.py:348, in ScriptMagics.shebang(self, line, cell)
:
    343 if args.raise_error and p.returncode != 0:
    344     # If we get here and p.returncode is still None, we must have
    345     # killed it but not yet seen its return code. We don't wait for it,
    346     # in case it's stuck in uninterruptible sleep. -9 = SIGKILL
    347     rc = p.returncode or -9
--> 348     raise CalledProcessError(rc, cell)
'''.strip()
