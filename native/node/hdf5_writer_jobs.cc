#include "node/hdf5_writer_jobs.h"

#include <thread>
#include <utility>

namespace ats::node {

std::shared_ptr<JobThread> JobThread::Start() {
  auto self = std::make_shared<JobThread>();
  std::thread([self] { self->Run(); }).detach();
  return self;
}

void JobThread::Push(Job job) {
  std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(job));
  more_.notify_one();
}

void JobThread::Finish(Job last) {
  std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(last));
  finished_ = true;
  more_.notify_one();
}

void JobThread::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    more_.wait(lock, [this] { return finished_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    {
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      std::move(job)();
      // What the job owns is let go before the lock is taken again.
    }
    lock.lock();
  }
}

}  // namespace ats::node
