"""What processes cost, by the kernel's own counters."""

from __future__ import annotations

import psutil


def cpu_seconds(pid: int) -> float:
    """User and system time so far, of this process alone."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def tree_cpu_seconds(pid: int) -> float:
    """As `cpu_seconds`, of the process and all its children, those that ended included (PostgreSQL)."""
    root = psutil.Process(pid)
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def rss_bytes(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)


def busy_seconds() -> float:
    """CPU time that anybody on this machine has used, stolen time included."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - times.guest - times.guest_nice)
