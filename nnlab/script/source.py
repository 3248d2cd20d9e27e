"""A module of ours as part of a script."""

import ast
import inspect
from types import ModuleType


def body(module: ModuleType) -> str:
    """The source of a module behind its docstring and imports."""
    source = inspect.getsource(module)
    head = [
        node
        for node in ast.parse(source).body
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Expr))
    ]
    return "\n".join(source.splitlines()[head[-1].end_lineno :]).strip()
