# SPDX-License-Identifier: Apache-2.0
"""A public key infrastructure that makes anything, right or wrong, for tests.

Nothing here reads a clock or a source of randomness: the same call gives the same octets, always.
"""
