#include "core/dtype.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace ats::core {
namespace {

struct Facts {
  std::string_view name;
  int item_size;
};

// In the order of DType.
constexpr std::array<Facts, 15> kFacts = {{
    {"bool", 1},
    {"int8", 1},
    {"uint8", 1},
    {"int16", 2},
    {"uint16", 2},
    {"int32", 4},
    {"uint32", 4},
    {"int64", 8},
    {"uint64", 8},
    {"float16", 2},
    {"bfloat16", 2},
    {"float32", 4},
    {"float64", 8},
    {"complex64", 8},
    {"complex128", 16},
}};

}  // namespace

std::optional<DType> ParseDType(std::string_view name) {
  const auto found =
      std::find_if(kFacts.begin(), kFacts.end(),
                   [name](const Facts& f) { return f.name == name; });
  if (found == kFacts.end()) return std::nullopt;
  return static_cast<DType>(std::distance(kFacts.begin(), found));
}

int ItemSize(DType dtype) {
  return kFacts[static_cast<size_t>(dtype)].item_size;
}

}  // namespace ats::core
