"""How Meta refuses a template: code 100, and the reason in the subcode and its words."""

from simulator.graph.errors import GraphError


def refused(subcode: int | None, title: str, message: str | None = None) -> GraphError:
    extra = {"is_transient": False, "error_user_title": title, "error_user_msg": message or title}
    return GraphError(100, 400, "Invalid parameter", subcode=subcode, extra=extra)
