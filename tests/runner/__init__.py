# SPDX-License-Identifier: Apache-2.0
"""Runs the program on generated files and compares what it says with what a case expects.

A case file needs `from runner import case`, and from `pki` what it puts together.
"""

from .case import case, load
from .scene import Scene

__all__ = ["Scene", "case", "load"]
