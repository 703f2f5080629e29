#include "core/compressed.h"

namespace ats::core {

Fault MutableIndptr::Accumulate() {
  int64_t sum = 0;
  Set(0, 0);
  for (int64_t i = 1; i <= major(); ++i) {
    const int64_t count = (*this)[i];
    if (count < 0 || count > std::numeric_limits<int64_t>::max() - sum ||
        !Holds(sum + count))
      return {FaultKind::kValueRange, i - 1};
    sum += count;
    Set(i, sum);
  }
  return Ok();
}

}  // namespace ats::core
