"""The sums of the page of levels are worked out again."""

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "hardware" / "electrics.md").read_text(encoding="utf-8")
SUMS = re.findall(r"^\| ([^|]+) \| ([\d(][^|]*[×÷−+][^|]*) \| ([\d.]+) \w+ \|", PAGE, re.MULTILINE)
SUMS += re.findall(r"^\| ([^|]+) \| ([\d(][^|]*÷[^|]*) \| ([\d.]+) \|", PAGE, re.MULTILINE)
SIGNS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def value(node: ast.AST) -> float:
    if isinstance(node, ast.BinOp):
        return SIGNS[type(node.op)](value(node.left), value(node.right))
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int | float)
    return node.value


@pytest.mark.parametrize(("what", "arithmetic", "result"), SUMS, ids=[what for what, *_ in SUMS])
def test_a_sum_comes_to_what_the_page_says(what: str, arithmetic: str, result: str) -> None:
    code = arithmetic.replace("×", "*").replace("÷", "/").replace("−", "-")
    decimals = len(result.partition(".")[2])

    assert round(value(ast.parse(code, mode="eval").body), decimals) == pytest.approx(float(result))


def test_every_row_of_the_table_is_worked_out() -> None:
    table = PAGE.partition("## The sums")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")]

    assert len(SUMS) == len(rows) - 2
