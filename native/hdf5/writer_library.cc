#include "hdf5/writer_library.h"

#include "hdf5/writer_filter.h"

namespace ats::hdf5 {
namespace {

std::recursive_mutex& LibraryMutex() {
  // Never destroyed: a writer's thread may still hold it when the process ends.
  static std::recursive_mutex& mutex = *new std::recursive_mutex;
  return mutex;
}

bool Initialize() {
  // The process may end while another thread is in the library; its own
  // clean-up at exit would then pull the ground away.
  H5dont_atexit();
  H5open();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  // A filter's number in somebody's file is no reason to run code.
  H5PLset_loading_state(0);
  RegisterLzf();
  return true;
}

}  // namespace

LibraryLock::LibraryLock() : lock_(LibraryMutex()) {
  [[maybe_unused]] static const bool initialized = Initialize();
}

}  // namespace ats::hdf5
