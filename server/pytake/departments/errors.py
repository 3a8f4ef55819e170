"""What departments refuse."""

from pytake.kit.errors import Conflict


class DepartmentNameTaken(Conflict):
    code = "department_name_taken"
    message = "There is already a department called {name}."
