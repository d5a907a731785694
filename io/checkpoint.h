// SPDX-License-Identifier: MIT
//
// Checkpoints: tensors by name, and notes by name, in one file.
//
//     io::Checkpoint checkpoint;
//     checkpoint.tensors = model.state_dict();
//     checkpoint.tensors.insert("rng_state", tensor_from(default_generator().get_state()));
//     checkpoint.metadata["epoch"] = join(epoch);
//     io::save_checkpoint("model.ckpt", checkpoint);
//
//     io::Checkpoint loaded = io::load_checkpoint("model.ckpt");
//     int64_t epoch = loaded.integer("epoch");
//
// Promises: while a checkpoint is saved, and whatever fails, the file is either the whole old one
// or the whole new one. Loading gives back every bit that was saved or throws an Error with the
// path and what is wrong with the file. A changed byte anywhere is noticed, and no file, be it made
// with intent, makes the program read outside the file or allocate out of proportion to its length.
//
// The format is described byte by byte in checkpoint_layout.h.
//
// PyTorch counterpart: torch.save and torch.load; the latter runs code that it finds in the file
// unless told not to, this one cannot.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "../tensor/state_dict.h"

namespace cutaway::inline v0_1::io {

struct Checkpoint {
  StateDict tensors;
  std::map<std::string, std::string> metadata;

  /// What metadata says under `key`, as text or as a number. IndexError where there is nothing;
  /// ValueError where it is not such a number.
  const std::string& text(const std::string& key) const;
  int64_t integer(const std::string& key) const;
  double number(const std::string& key) const;
};

/// Writes the file, or replaces it. Tensors are written one after the other in row-major order;
/// at most one of them, if it is not contiguous, is copied at a time.
void save_checkpoint(const std::string& path, const Checkpoint& checkpoint);

struct LoadOptions {
  /// Let the tensors look straight into the file, mapped into memory, instead of copying it. Pages
  /// that are only read are shared with other programs; what is written to such a tensor stays in
  /// this program and never reaches the file.
  bool map = false;
};

/// Reads and verifies the whole file.
Checkpoint load_checkpoint(const std::string& path, LoadOptions options = {});

}  // namespace cutaway::io
