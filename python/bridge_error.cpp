// SPDX-License-Identifier: MIT
//
// The last error of each thread.
#include <new>
#include <string>

#include "../autograd/activation_checkpoint.h"
#include "bridge.h"

namespace cutaway::bridge {
namespace {

struct LastError {
  cutaway_error type = CUTAWAY_NO_ERROR;
  std::string text;
};
thread_local LastError last_error;

void note(cutaway_error type, const std::string& text) noexcept {
  last_error.type = type;
  try {
    last_error.text = text;
  } catch (const std::bad_alloc&) {
    last_error.text.clear();
    last_error.type = CUTAWAY_MEMORY_ERROR;
  }
}

}  // namespace

void note_error() noexcept {
  try {
    throw;
  } catch (const IndexError& error) {
    note(CUTAWAY_INDEX_ERROR, error.message());
  } catch (const TypeError& error) {
    note(CUTAWAY_TYPE_ERROR, error.message());
  } catch (const ValueError& error) {
    note(CUTAWAY_VALUE_ERROR, error.message());
  } catch (const NotImplementedError& error) {
    note(CUTAWAY_NOT_IMPLEMENTED_ERROR, error.message());
  } catch (const LinAlgError& error) {
    note(CUTAWAY_LINALG_ERROR, error.message());
  } catch (const autograd::CheckpointError& error) {
    note(CUTAWAY_CHECKPOINT_ERROR, error.message());
  } catch (const Error& error) {
    note(CUTAWAY_ERROR, error.message());
  } catch (const CallersError& error) {
    note(CUTAWAY_CALLERS_ERROR, error.what());
  } catch (const std::bad_alloc&) {
    note(CUTAWAY_MEMORY_ERROR, "");
  } catch (const std::exception& error) {
    note(CUTAWAY_ERROR, error.what());
  } catch (...) {
    passing_exception() = std::current_exception();
    note(CUTAWAY_STOPPED, "the computation was stopped");
  }
}

std::exception_ptr& passing_exception() noexcept {
  static thread_local std::exception_ptr passing;
  return passing;
}

}  // namespace cutaway::bridge

using cutaway::bridge::last_error;

int32_t cutaway_abi_version() { return CUTAWAY_ABI_VERSION; }
cutaway_error cutaway_error_type() { return last_error.type; }
const char* cutaway_error_text() { return last_error.text.c_str(); }
