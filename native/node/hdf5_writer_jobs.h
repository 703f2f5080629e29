// A thread of its own for each HDF5 writer: the library does one thing at a
// time, and disk writes must not hold the threads that others wait for.
#ifndef ATS_NODE_HDF5_WRITER_JOBS_H_
#define ATS_NODE_HDF5_WRITER_JOBS_H_

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "absl/functional/any_invocable.h"

namespace ats::node {

class JobThread {
 public:
  using Job = absl::AnyInvocable<void() &&>;

  /// Starts the thread. Throws std::system_error where there is none to have.
  static std::shared_ptr<JobThread> Start();

  /// Queues a job. Jobs run one after the other, in this order.
  void Push(Job job);

  /// Queues the last job; the thread ends after it (L10: it is not joined).
  void Finish(Job last);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Job> jobs_;   // guarded by mutex_
  bool finished_ = false;  // guarded by mutex_
};

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_WRITER_JOBS_H_
