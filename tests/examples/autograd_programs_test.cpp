// SPDX-License-Identifier: MIT
//
// The programs that show autograd: custom_function, saved_tensors_on_disk.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "program_run.h"

namespace cutaway::examples {
namespace {

TEST(CustomFunctionProgram, LearnsTheSignsAndChecksItself) {
  const Ended ended = run("custom_function", {"--seed", "1"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("StraightThroughSign: gradcheck wrong, as it should be"),
            std::string::npos)
      << ended.out;
  EXPECT_EQ(ended.last_line(), "signs_right=32 of=32 gradcheck=ok gradgradcheck=ok seed=1");
}

TEST(CustomFunctionProgram, RefusesWhatItDoesNotKnow) {
  const Ended ended = run("custom_function", {"--weights", "0"});
  EXPECT_EQ(ended.status, 2);
}

TEST(SavedTensorsOnDisk, GivesTheSameGradientsAndLeavesNoFile) {
  const io::TemporaryFolder folder;
  const Ended ended = run("saved_tensors_on_disk", {"--depth", "3", "--width", "16", "--batch", "8",
                                                    "--out", folder.file("saved")});
  EXPECT_EQ(ended.status, 0) << ended.err;
  // Of each layer its input and its tanh; of the loss x, twice.
  EXPECT_EQ(ended.last_line(),
            "gradients_equal=1 most_files=8 most_bytes=4096 files_left=0 seed=0");
  EXPECT_TRUE(std::filesystem::is_empty(folder.file("saved")));
}

TEST(SavedTensorsOnDisk, SaysWhereItCannotWrite) {
  const Ended ended = run("saved_tensors_on_disk", {"--out", "/proc/nowhere"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_NE(ended.err.find("/proc/nowhere"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace cutaway::examples
