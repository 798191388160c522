"""List the frames of %time and %timeit that tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

RECORDED = r'''
time
File ~/IPython/core/magics/execution.py:1448, in ExecutionMagics.time(self, line, cell, local_ns)
: 1447-1449
   1446 if interrupt_occured:
   1447     if exit_on_interrupt and captured_exception:
-> 1448         raise captured_exception
   1449     return
   1450 return out
---
time_parse
File ~/IPython/core/magics/execution.py:1357, in ExecutionMagics.time(self, line, cell, local_ns)
: 1356-1358
   1354 tp_min = 0.1
   1356 t0 = clock()
-> 1357 expr_ast = self.shell.compile.ast_parse(expr)
   1358 tp = clock() - t0
   1360 # Apply AST transformations
---
time_eval
File ~/IPython/core/magics/execution.py:1398, in ExecutionMagics.time(self, line, cell, local_ns)
: 1397-1399
   1396 st = clock2()
   1397 try:
-> 1398     out = eval(code, glob, local_ns)
   1399 except KeyboardInterrupt as e:
   1400     captured_exception = e
---
time_exec
File ~/IPython/core/magics/execution.py:1412, in ExecutionMagics.time(self, line, cell, local_ns)
: 1411-1413
   1410 st = clock2()
   1411 try:
-> 1412     exec(code, glob, local_ns)
   1413     out = None
   1414     # multi-line %%time case
---
time_value
File ~/IPython/core/magics/execution.py:1417, in ExecutionMagics.time(self, line, cell, local_ns)
: 1416-1418
   1415     if expr_val is not None:
   1416         code_2 = self.shell.compile(expr_val, source, 'eval')
-> 1417         out = eval(code_2, glob, local_ns)
   1418 except KeyboardInterrupt as e:
   1419     captured_exception = e
---
timeit
File ~/IPython/core/magics/execution.py:1223, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1222-1224
   1221 for index in range(0, 10):
   1222     number = 10 ** index
-> 1223     time_number = timer.timeit(number)
   1224     if time_number >= 0.2:
   1225         break
---
timeit_repeat
File ~/IPython/core/magics/execution.py:1227, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1225-1228
   1224         if time_number >= 0.2:
   1225             break
-> 1227 all_runs = timer.repeat(repeat, number)
   1228 best = min(all_runs) / number
   1229 worst = max(all_runs) / number
---
timeit_parse
File ~/IPython/core/magics/execution.py:1166, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1165-1167
   1163 if cell is None:
   1164     # called as line magic
   1165     ast_setup = self.shell.compile.ast_parse("pass")
-> 1166     ast_stmt = self.shell.compile.ast_parse(transform(stmt))
   1167 else:
   1168     ast_setup = self.shell.compile.ast_parse(transform(stmt))
---
timeit_parse_setup
File ~/IPython/core/magics/execution.py:1168, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1167-1169
   1166     ast_stmt = self.shell.compile.ast_parse(transform(stmt))
   1167 else:
-> 1168     ast_setup = self.shell.compile.ast_parse(transform(stmt))
   1169     ast_stmt = self.shell.compile.ast_parse(transform(cell))
   1171 ast_setup = self.shell.transform_ast(ast_setup)
---
timeit_parse_cell
File ~/IPython/core/magics/execution.py:1169, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1168-1171
   1167 else:
   1168     ast_setup = self.shell.compile.ast_parse(transform(stmt))
-> 1169     ast_stmt = self.shell.compile.ast_parse(transform(cell))
   1171 ast_setup = self.shell.transform_ast(ast_setup)
   1172 ast_stmt = self.shell.transform_ast(ast_stmt)
---
timeit_compile_setup
File ~/IPython/core/magics/execution.py:1178, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1174-1179
   1172 ast_stmt = self.shell.transform_ast(ast_stmt)
   1174 # Check that these compile to valid Python code *outside* the timer func
   1175 # Invalid code may become valid when put inside the function & loop,
   1176 # which messes up error messages.
   1177 # https://github.com/ipython/ipython/issues/10636
-> 1178 self.shell.compile(ast_setup, "<magic-timeit-setup>", "exec")
   1179 self.shell.compile(ast_stmt, "<magic-timeit-stmt>", "exec")
   1181 # This codestring is taken from timeit.template - we fill it in as an
   1182 # AST, so that we can apply our AST transformations to the user code
   1183 # without affecting the timing code.
---
timeit_compile
File ~/IPython/core/magics/execution.py:1179, in ExecutionMagics.timeit(self, line, cell, local_ns)
: 1178-1183
   1174 # Check that these compile to valid Python code *outside* the timer func
   1175 # Invalid code may become valid when put inside the function & loop,
   1176 # which messes up error messages.
   1177 # https://github.com/ipython/ipython/issues/10636
   1178 self.shell.compile(ast_setup, "<magic-timeit-setup>", "exec")
-> 1179 self.shell.compile(ast_stmt, "<magic-timeit-stmt>", "exec")
   1181 # This codestring is taken from timeit.template - we fill it in as an
   1182 # AST, so that we can apply our AST transformations to the user code
   1183 # without affecting the timing code.
   1184 timeit_ast_template = ast.parse('def inner(_it, _timer):\n'
   1185                                 '    setup\n'
   1186                                 '    _t0 = _timer()\n'
   (...)   1189                                 '    _t1 = _timer()\n'
   1190                                 '    return _t1 - _t0\n')
---
time_compile
File ~/IPython/core/magics/execution.py:1382, in ExecutionMagics.time(self, line, cell, local_ns)
: 1381-1383
   1379         expr_val = ast.Expression(expr_val.value)
   1381 t0 = clock()
-> 1382 code = self.shell.compile(expr_ast, source, mode)
   1383 tc = clock() - t0
   1385 # skew measurement as little as possible
---
timer
File ~/IPython/core/magics/execution.py:183, in Timer.timeit(self, number)
: 182-184
    181 gc.disable()
    182 try:
--> 183     timing = self.inner(it, self.timer)
    184 finally:
    185     if gcold:
'''.strip()
