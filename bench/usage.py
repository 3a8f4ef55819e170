"""Processor time of process trees, and of the whole machine."""

import os
from collections.abc import Mapping, Sequence

import psutil

Seconds = dict[str, float]
"""By kind of process."""


def cpu_seconds(pids: Sequence[int]) -> float:
    """Of these processes, their children, and what their ended children had used."""
    return sum(_of_tree(pid) for pid in pids)


def cpu_by_kind(kinds: Mapping[str, Sequence[int]]) -> Seconds:
    return {kind: cpu_seconds(pids) for kind, pids in kinds.items()}


def since(before: Seconds, after: Seconds) -> Seconds:
    return {kind: after[kind] - before.get(kind, 0.0) for kind in after}


def machine_busy() -> float:
    """Seconds that the cores were not idle; what a hypervisor took for others counts as busy."""
    times = psutil.cpu_times()
    waiting = times.idle + getattr(times, "iowait", 0.0)
    counted_twice = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)
    return float(sum(times) - waiting - counted_twice)


def own_tree() -> float:
    """Everything under this process, ended or not."""
    return cpu_seconds([os.getpid()])


def memory_megabytes(pids: Sequence[int]) -> float:
    """Proportional set size of the trees: shared pages are counted once among those who share them."""
    return float(sum(process.memory_full_info().pss for pid in pids for process in _tree(pid))) / 1e6


def _tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def _of_tree(pid: int) -> float:
    total = 0.0
    for process in _tree(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # its parent has its time now
        total += times.user + times.system + times.children_user + times.children_system
    return total
