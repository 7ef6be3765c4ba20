#!/usr/bin/env python3
"""Parses every ticket of a project with PyYAML and libyaml, and does nothing else. Usage: parse_with_pyyaml.py DIR"""
import pathlib
import sys

import yaml

count = 0
for path in pathlib.Path(sys.argv[1], "data", "tickets").rglob("*.yaml"):
    with open(path, "rb") as file:
        yaml.load(file, Loader=yaml.CBaseLoader)
    count += 1
print(count)
