"""The small language between `{{` and `}}`: pure, bounded, compiled once to closures. It cannot raise."""

from pytake.engine.expressions.errors import Error, ExpressionError
from pytake.engine.expressions.evaluation import Evaluation
from pytake.engine.expressions.template import Expression, Template

__all__ = ["Error", "Evaluation", "Expression", "ExpressionError", "Template"]
