// Threads that work side by side, on processors of their own.

#ifndef ATS_CORE_SPREAD_H_
#define ATS_CORE_SPREAD_H_

namespace ats::core {

// Lives while a thread works on a piece of what several threads do. A thread
// that finds another one at such work on its processor moves to another
// processor, if it may run on more than one. Linux by itself was seen to leave
// two threads that were woken together on one of two processors for up to 20 ms,
// while the other was idle: longer than many reads take. Elsewhere this does
// nothing.
class Spread {
 public:
  Spread();
  ~Spread();
  Spread(const Spread&) = delete;
  Spread& operator=(const Spread&) = delete;

 private:
  int processor_;
};

}  // namespace ats::core

#endif  // ATS_CORE_SPREAD_H_
