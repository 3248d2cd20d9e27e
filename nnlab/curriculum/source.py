"""The code that a lesson shows is the code that runs: read from the module's own file."""

import ast
import functools
import importlib.util
from pathlib import Path

PACKAGE = "nnlab.lessons"


@functools.cache
def source_of(lesson: str, function: str) -> str:
    """Source of a top-level function of `nnlab.lessons.<lesson>`, without its docstring.

    The module is read, not imported: it needs TensorFlow, which the app process never loads.

    Raises:
        LookupError: no such lesson or function.
    """
    spec = importlib.util.find_spec(f"{PACKAGE}.{lesson}")
    if spec is None or spec.origin is None:
        raise LookupError(f"there is no lesson {lesson!r}")
    source = Path(spec.origin).read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return _without_docstring(source.splitlines(), node)
    raise LookupError(f"lesson {lesson!r} has no function {function!r}")


def _without_docstring(lines: list[str], node: ast.FunctionDef) -> str:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    assert node.end_lineno is not None
    kept = list(range(first, node.end_lineno + 1))
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        assert docstring.end_lineno is not None
        kept = [n for n in kept if not docstring.lineno <= n <= docstring.end_lineno]
    return "\n".join(lines[n - 1] for n in kept)
