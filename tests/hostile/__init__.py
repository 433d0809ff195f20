# SPDX-License-Identifier: Apache-2.0
"""Inputs made to exhaust whoever reads them, and what must be said of them all the same."""
