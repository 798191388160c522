"""The lines of IPython and ipykernel that their tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

SITE = "/usr/lib/python3/dist-packages/"

# Frames as IPython 9.11 and ipykernel 7.2 show them, each below the name that it has here; "~/" stands for SITE.
RECORDED = r'''
run_line_magic
File ~/IPython/core/interactiveshell.py:2532, in InteractiveShell.run_line_magic(self, magic_name, line, _stack_depth)
:
   2530     kwargs['local_ns'] = self.get_local_scope(stack_depth)
   2531 with self.builtin_trap:
-> 2532     result = fn(*args, **kwargs)
   2534 # The code below prevents the output from being displayed
   2535 # when using magics with decorator @output_can_be_silenced
   2536 # when the last Python token in the expression is a ';'.
   2537 if getattr(fn, magic.MAGIC_OUTPUT_CAN_BE_SILENCED, False):
---
run_cell_magic
File ~/IPython/core/interactiveshell.py:2593, in InteractiveShell.run_cell_magic(self, magic_name, line, cell)
:
   2591 with self.builtin_trap:
   2592     args = (magic_arg_s, cell)
-> 2593     result = fn(*args, **kwargs)
   2595 # The code below prevents the output from being displayed
   2596 # when using magics with decorator @output_can_be_silenced
   2597 # when the last Python token in the expression is a ';'.
   2598 if getattr(fn, magic.MAGIC_OUTPUT_CAN_BE_SILENCED, False):
---
load_ext
File ~/IPython/core/magics/extension.py:33, in ExtensionMagics.load_ext(self, module_str)
:
     31 if not module_str:
     32     raise UsageError('Missing module name.')
---> 33 res = self.shell.extension_manager.load_extension(module_str)
     35 if res == 'already loaded':
     36     print("The %s extension is already loaded. To reload it, use:" % module_str)
---
reload_ext
File ~/IPython/core/magics/extension.py:63, in ExtensionMagics.reload_ext(self, module_str)
:
     61 if not module_str:
     62     raise UsageError('Missing module name.')
---> 63 self.shell.extension_manager.reload_extension(module_str)
---
reload_extension
File ~/IPython/core/extensions.py:125, in ExtensionManager.reload_extension(self, module_str)
:
    123         self.loaded.add(module_str)
    124 else:
--> 125     self.load_extension(module_str)
---
load_extension
File ~/IPython/core/extensions.py:62, in ExtensionManager.load_extension(self, module_str)
:
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
:
     75 with self.shell.builtin_trap:
     76     if module_str not in sys.modules:
---> 77         mod = import_module(module_str)
     78     mod = sys.modules[module_str]
     79     if self._call_load_ipython_extension(mod):
---
time
File ~/IPython/core/magics/execution.py:1448, in ExecutionMagics.time(self, line, cell, local_ns)
:
   1446 if interrupt_occured:
   1447     if exit_on_interrupt and captured_exception:
-> 1448         raise captured_exception
   1449     return
   1450 return out
---
time_eval
File ~/IPython/core/magics/execution.py:1398, in ExecutionMagics.time(self, line, cell, local_ns)
:
   1396 st = clock2()
   1397 try:
-> 1398     out = eval(code, glob, local_ns)
   1399 except KeyboardInterrupt as e:
   1400     captured_exception = e
---
time_exec
File ~/IPython/core/magics/execution.py:1412, in ExecutionMagics.time(self, line, cell, local_ns)
:
   1410 st = clock2()
   1411 try:
-> 1412     exec(code, glob, local_ns)
   1413     out = None
   1414     # multi-line %%time case
---
time_value
File ~/IPython/core/magics/execution.py:1417, in ExecutionMagics.time(self, line, cell, local_ns)
:
   1415     if expr_val is not None:
   1416         code_2 = self.shell.compile(expr_val, source, 'eval')
-> 1417         out = eval(code_2, glob, local_ns)
   1418 except KeyboardInterrupt as e:
   1419     captured_exception = e
---
timeit
File ~/IPython/core/magics/execution.py:1223, in ExecutionMagics.timeit(self, line, cell, local_ns)
:
   1221 for index in range(0, 10):
   1222     number = 10 ** index
-> 1223     time_number = timer.timeit(number)
   1224     if time_number >= 0.2:
   1225         break
---
timer
File ~/IPython/core/magics/execution.py:183, in Timer.timeit(self, number)
:
    181 gc.disable()
    182 try:
--> 183     timing = self.inner(it, self.timer)
    184 finally:
    185     if gcold:
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
:
    730 except IndexError as e:
    731     msg = 'you must provide at least a filename.'
--> 732     raise Exception(msg) from e
    733 except IOError as e:
    734     try:
---
run_unfound
File ~/IPython/core/magics/execution.py:740, in ExecutionMagics.run(self, parameter_s, runner, file_finder)
:
    738     if os.name == 'nt' and re.match(r"^'.*'$",fpath):
    739         warn('For Windows, use double quotes to wrap a filename: %run "mypath\\myfile.py"')
--> 740     raise Exception(msg) from e
    741 except TypeError:
    742     if fpath in sys.meta_path:
---
writefile
File ~/IPython/core/magics/osm.py:854, in OSMagics.writefile(self, line, cell)
:
    851     print("Writing %s" % filename)
    853 mode = 'a' if args.append else 'w'
--> 854 with io.open(filename, mode, encoding='utf-8') as f:
    855     f.write(cell)
---
raw_input
File ~/ipykernel/kernelbase.py:1402, in Kernel.raw_input(self, prompt)
:
   1400 if not self._allow_stdin:
   1401     msg = "raw_input was called, but this frontend does not support input requests."
-> 1402     raise StdinNotImplementedError(msg)
   1403 return self._input_request(
   1404     str(prompt),
   1405     self._get_shell_context_var(self._shell_parent_ident),
   1406     self.get_parent("shell"),
   1407     password=False,
   1408 )
---
getpass
File ~/ipykernel/kernelbase.py:1377, in Kernel.getpass(self, prompt, stream)
:
   1375 if not self._allow_stdin:
   1376     msg = "getpass was called, but this frontend does not support input requests."
-> 1377     raise StdinNotImplementedError(msg)
   1378 if stream is not None:
   1379     import warnings
'''.strip()
