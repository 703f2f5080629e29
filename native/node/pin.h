// Holds a JavaScript buffer in memory for as long as a TensorStore state can
// touch it (lifetime rule L4).
#ifndef ATS_NODE_PIN_H_
#define ATS_NODE_PIN_H_

#include <node_api.h>

#include <memory>

#include "node/completion_queue.h"
#include "node/environment.h"
#include "tensorstore/util/result.h"

namespace ats::node {

class Pin {
 public:
  /// Pins the buffer behind `object` (an ArrayBuffer or a view). JavaScript
  /// thread only; the last owner may let go on any thread.
  static tensorstore::Result<std::shared_ptr<Pin>> Make(
      Environment& environment, napi_value object);

  Pin(std::shared_ptr<CompletionQueue> queue, napi_ref reference)
      : queue_(std::move(queue)), reference_(reference) {}
  ~Pin() { queue_->RemovePin(reference_); }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

 private:
  std::shared_ptr<CompletionQueue> queue_;
  napi_ref reference_;
};

}  // namespace ats::node

#endif  // ATS_NODE_PIN_H_
