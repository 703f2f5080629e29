#include "core/huge_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

namespace ats::core {
namespace {

// Whether the mapping that holds `address` is advised to use huge pages.
bool IsAdvised(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<uintptr_t>(address);
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    unsigned long long begin, end;
    if (std::sscanf(line.c_str(), "%llx-%llx ", &begin, &end) == 2) {
      inside = begin <= wanted && wanted < end;
    } else if (inside && line.rfind("VmFlags:", 0) == 0) {
      return line.find(" hg") != std::string::npos;
    }
  }
  return false;
}

TEST(HugePagesTest, AdvisesTheInteriorOfLargeMemoryAndKeepsItsContents) {
  constexpr size_t kSize = size_t{32} << 20;
  auto* memory = static_cast<char*>(std::calloc(kSize, 1));
  ASSERT_NE(memory, nullptr);
  memory[kSize / 2] = 7;
  AdviseHugePages(memory, kSize);
  EXPECT_EQ(memory[kSize / 2], 7);
#ifdef __linux__
  EXPECT_TRUE(IsAdvised(memory + kSize / 2));
#endif
  std::free(memory);
}

TEST(HugePagesTest, LeavesSmallMemoryAlone) {
  constexpr size_t kSize = size_t{3} << 20;
  auto* memory = static_cast<char*>(std::calloc(kSize, 1));
  ASSERT_NE(memory, nullptr);
  AdviseHugePages(memory, kSize);
  EXPECT_FALSE(IsAdvised(memory + kSize / 2));
  std::free(memory);
}

}  // namespace
}  // namespace ats::core
