#include <new>

#include "node/kernel_coordinates.h"
#include "node/kernel_dense.h"
#include "node/kernel_entries.h"
#include "node/kernel_sparse.h"
#include "node/kernel_strings.h"
#include "node/kernels.h"

namespace ats::node {
namespace {

using Kernel = Napi::Value (*)(const Napi::CallbackInfo&);

// No C++ exception other than node-addon-api's own passes to it.
template <Kernel kernel>
Napi::Value Guarded(const Napi::CallbackInfo& info) {
  try {
    return kernel(info);
  } catch (const std::bad_alloc&) {
    throw Napi::Error::New(info.Env(), "Not enough memory for the kernel.");
  }
}

template <Kernel kernel>
void Add(Napi::Env env, Napi::Object kernels, const char* name) {
  kernels.Set(name, Napi::Function::New<Guarded<kernel>>(env, name));
}

}  // namespace

void RegisterKernels(Napi::Env env, Napi::Object exports) {
  Napi::Object kernels = Napi::Object::New(env);
  Add<DensifyKernel>(env, kernels, "densify");
  Add<GatherStartsKernel>(env, kernels, "gatherStarts");
  Add<GatherFillKernel>(env, kernels, "gatherFill");
  Add<TransposeKernel>(env, kernels, "transpose");
  Add<ValidateKernel>(env, kernels, "validate");
  Add<SortIndicesKernel>(env, kernels, "sortIndices");
  Add<SumStartsKernel>(env, kernels, "sumStarts");
  Add<SumFillKernel>(env, kernels, "sumFill");
  Add<SparsifyStartsKernel>(env, kernels, "sparsifyStarts");
  Add<SparsifyFillKernel>(env, kernels, "sparsifyFill");
  Add<TakeKernel>(env, kernels, "take");
  Add<ConvertIntegersKernel>(env, kernels, "convertIntegers");
  Add<CastExactlyKernel>(env, kernels, "castExactly");
  Add<TypesThatHoldKernel>(env, kernels, "typesThatHold");
  Add<CheckStartsKernel>(env, kernels, "checkStarts");
  Add<CheckIndicesKernel>(env, kernels, "checkIndices");
  Add<FindRunsKernel>(env, kernels, "findRuns");
  Add<CopyRunsKernel>(env, kernels, "copyRuns");
  Add<KeepColumnsKernel>(env, kernels, "keepColumns");
  Add<AppendKernel>(env, kernels, "append");
  Add<ParseCoordinatesKernel>(env, kernels, "parseCoordinates");
  Add<GroupCoordinatesKernel>(env, kernels, "groupCoordinates");
  Add<MeasureStringsKernel>(env, kernels, "measureStrings");
  Add<TakeStringsKernel>(env, kernels, "takeStrings");
  Add<MatchNamesKernel>(env, kernels, "matchNames");
  exports.Set("kernels", kernels);
}

}  // namespace ats::node
