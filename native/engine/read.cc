#include "engine/read.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tensorstore/box.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/read_write_options.h"

namespace ats::engine {

using ::tensorstore::Index;

tensorstore::Future<void> ReadInto(const tensorstore::TensorStore<>& store,
                                   tensorstore::SharedArray<void> target,
                                   tensorstore::Batch batch) {
  const auto domain = store.domain();
  if (!std::equal(domain.shape().begin(), domain.shape().end(),
                  target.shape().begin(), target.shape().end())) {
    return absl::InvalidArgumentError(
        absl::StrCat("The target's shape is not that of ", domain.box()));
  }
  tensorstore::ReadOptions options;
  options.alignment_options = tensorstore::DomainAlignmentOptions::translate;
  options.batch = std::move(batch);
  return tensorstore::Read(store, std::move(target), std::move(options));
}

absl::Status CheckElementCount(tensorstore::IndexDomainView<> domain) {
  constexpr Index kMaxArrayLength = (Index{1} << 32) - 1;
  if (!IsFinite(domain.box())) {
    return absl::InvalidArgumentError(
        absl::StrCat("The domain ", domain.box(), " is unbounded"));
  }
  Index count = 1;
  for (Index extent : domain.shape()) {
    if (tensorstore::internal::MulOverflow(count, extent, &count) ||
        count > kMaxArrayLength) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "The domain ", domain.box(), " has too many elements to read at once"));
    }
  }
  return absl::OkStatus();
}

}  // namespace ats::engine
