#include "core/bound_check.h"

#include "core/outside.h"

namespace ats::core {
namespace {

template <typename Index>
bool IsInside(const void* data, int64_t count, int64_t extent) {
  return extent > 0 &&
         AnyOutside<Index>(static_cast<const Index*>(data), count,
                           Largest<Index>(extent)) == 0;
}

}  // namespace

void BoundCheck::Look(const void* data, size_t bytes) {
  const auto count = static_cast<int64_t>(bytes / width_);
  if (count == 0) return;
  const bool inside = width_ == sizeof(int32_t)
                          ? IsInside<int32_t>(data, count, extent_)
                          : IsInside<int64_t>(data, count, extent_);
  if (!inside) outside_.store(true, std::memory_order_relaxed);
  looked_at_.fetch_add(count, std::memory_order_relaxed);
}

}  // namespace ats::core
