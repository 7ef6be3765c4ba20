#!/usr/bin/env python3
"""Runs a command and waits for every process that it leaves behind, so that their CPU time counts as its own:
Chromium ends before its renderers do.

    with_orphans.py COMMAND [ARGUMENT…]
"""
import ctypes
import os
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36

if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
    sys.exit("this system gives orphans only to init")
status = subprocess.run(sys.argv[1:]).returncode
while True:
    try:
        os.wait()
    except ChildProcessError:
        sys.exit(status)
