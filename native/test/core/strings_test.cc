#include "core/strings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ats::core {
namespace {

// Strings that own their memory, with offsets of either width.
template <typename Offset>
struct Owned {
  std::vector<Offset> offsets = {0};
  std::string bytes;

  explicit Owned(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      bytes += text;
      offsets.push_back(static_cast<Offset>(bytes.size()));
    }
  }
  Strings view() const {
    return {std::span<const Offset>(offsets), bytes};
  }
};

std::vector<std::string> Numbered(int64_t count) {
  std::vector<std::string> texts;
  for (int64_t i = 0; i < count; ++i) {
    texts.push_back(std::string(i % 7, 'x') + std::to_string(i));
  }
  return texts;
}

TEST(TakeStrings, KeepsOrderAndDuplicatesWithOffsetsOfEitherWidth) {
  const auto texts = Numbered(200'000);
  const Owned<int32_t> narrow(texts);
  const Owned<int64_t> wide(texts);
  std::vector<int32_t> positions;
  for (int64_t i = 0; i < 150'000; ++i) {
    positions.push_back(static_cast<int32_t>(i * 7919 % 200'000));
    if (i % 10 == 0) positions.push_back(positions.back());
  }
  const Axis axis = Axis::Positions(positions.data(), positions.size());
  for (const Strings& strings : {narrow.view(), wide.view()}) {
    int64_t size = 0;
    ASSERT_TRUE(MeasureStrings(strings, axis, size).ok());
    std::vector<int32_t> offsets(positions.size() + 1);
    std::string bytes(size, '\0');
    ASSERT_TRUE(
        TakeStrings(strings, axis, std::span(offsets), std::span(bytes)).ok());
    const Strings taken{std::span<const int32_t>(offsets), bytes};
    for (size_t i = 0; i < positions.size(); ++i) {
      ASSERT_EQ(*taken.Get(i), texts[positions[i]]);
    }
  }
}

TEST(TakeStrings, NamesPositionsOutsideAndWrongOffsets) {
  Owned<int32_t> strings({"a", "bb", "c"});
  int64_t size = 0;
  const Fault outside =
      MeasureStrings(strings.view(), Axis::Range(1, 1, 3), size);
  EXPECT_EQ(outside.kind, FaultKind::kSelectionRange);
  EXPECT_EQ(outside.position, 2);
  std::vector<int32_t> offsets(4);
  std::string bytes(3, '\0');
  EXPECT_EQ(TakeStrings(strings.view(), Axis::Range(0, 1, 3),
                        std::span(offsets), std::span(bytes))
                .kind,
            FaultKind::kChanged);
  for (const int32_t wrong : {-1, 9}) {
    strings.offsets[2] = wrong;
    EXPECT_EQ(MeasureStrings(strings.view(), Axis::Range(0, 1, 3), size).kind,
              FaultKind::kTextLength);
  }
}

TEST(MatchNames, FindsEveryOccurrence) {
  auto texts = Numbered(200'000);
  texts[150'000] = texts[3];
  texts[77] = "";
  const Owned<int32_t> strings(texts);
  const std::string far(1000, 'q');
  const Owned<int64_t> wanted({texts[3], "absent", "", far, texts[199'999]});
  std::vector<int32_t> names(texts.size());
  ASSERT_TRUE(
      MatchNames(strings.view(), wanted.view(), std::span(names)).ok());
  for (size_t i = 0; i < texts.size(); ++i) {
    const int32_t expected = i == 3 || i == 150'000 ? 0
                             : i == 77              ? 2
                             : i == 199'999         ? 4
                                                    : -1;
    ASSERT_EQ(names[i], expected) << i;
  }
  EXPECT_EQ(MatchNames(strings.view(), wanted.view(),
                       std::span(names).subspan(1))
                .kind,
            FaultKind::kChanged);
}

}  // namespace
}  // namespace ats::core
