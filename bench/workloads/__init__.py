# SPDX-License-Identifier: Apache-2.0
"""One module a workload. `contests(ground, full)` gives the contests, everything they need generated in a folder of
`ground`; `full` asks for the sizes of the targets, otherwise for smaller ones that show the same slope."""
