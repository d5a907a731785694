# SPDX-License-Identifier: MIT
"""The rows whose nodes save something else than PyTorch's, and why: for saved_against_pytorch.py and
tests/fixtures/saved_fixtures.py."""

EXCEPTIONS = {}
