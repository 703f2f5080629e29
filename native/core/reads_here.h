// Threads that read by themselves what they are about to decode.

#ifndef ATS_CORE_READS_HERE_H_
#define ATS_CORE_READS_HERE_H_

namespace ats::core {

// While one lives on a thread, which is no JavaScript thread, stores read values
// that the system has in memory on that thread, before they return: the bytes
// are in the processor's cache then. What has to be waited for is left to other
// threads all the same.
class ReadsHere {
 public:
  ReadsHere() { ++count(); }
  ~ReadsHere() { --count(); }
  ReadsHere(const ReadsHere&) = delete;
  ReadsHere& operator=(const ReadsHere&) = delete;

  static bool OnThisThread() { return count() > 0; }

 private:
  static int& count() {
    thread_local int count = 0;
    return count;
  }
};

}  // namespace ats::core

#endif  // ATS_CORE_READS_HERE_H_
