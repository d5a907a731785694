# SPDX-License-Identifier: MIT
"""cutaway.utils, for PyTorch's torch.utils.checkpoint."""
from . import checkpoint
