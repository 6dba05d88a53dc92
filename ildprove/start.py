"""Runs one command and prints its exit code (-99: ended here), its seconds of work and its memory in MB, as JSON.

Imports next to nothing: it is the parent of what is measured, and must be small.
"""

import os
import signal
import sys
import time


def main() -> None:
    """Run ``sys.argv[3:]``; end it after ``sys.argv[1]`` seconds, or ``sys.argv[2]`` of its own work."""
    limit, words = float(sys.argv[1]), sys.argv[3:]
    began = time.perf_counter()
    if sys.platform == "win32":
        import subprocess

        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            print(f"[{process.wait(limit)}, {time.perf_counter() - began}, 0]")
        except subprocess.TimeoutExpired:
            process.kill()
            print(f"[-99, {limit}, 0]")
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2])))  # the child's too
    nowhere = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawn(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1)])
    while time.perf_counter() - began < limit:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        if pid:
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
                break
            memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
            print(f"[{os.waitstatus_to_exitcode(status)}, {usage.ru_utime + usage.ru_stime}, {memory}]")
            return
        time.sleep(0.01)
    else:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    print(f"[-99, {limit}, 0]")


if __name__ == "__main__":
    main()
