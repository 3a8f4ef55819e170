"""Whether the ports we need are free, and who has them when they are not."""

import errno
import socket

import psutil

from pytake.kit.problem import Problem


def check_port(host: str, port: int, variable: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _problem(host, port, variable, error) from error


def _problem(host: str, port: int, variable: str, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        return Problem(
            f"Port {port} is taken{_holder(port)}.", f"Stop that, or choose another port with {variable}."
        )
    if error.errno == errno.EACCES:
        return Problem(f"Port {port} is only for root.", f"Choose one above 1023 with {variable}.")
    return Problem(f"{host} is not an address of this machine.", "Choose another with PYTAKE_HOST.")


def _holder(port: int) -> str:
    try:
        connections = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return ""
    for connection in connections:
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
