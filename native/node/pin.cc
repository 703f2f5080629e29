#include "node/pin.h"

#include "node/status_error.h"

namespace ats::node {

tensorstore::Result<std::shared_ptr<Pin>> Pin::Make(Environment& environment,
                                                    napi_value object) {
  napi_ref reference;
  ATS_NAPI(napi_create_reference(environment.env(), object, 1, &reference));
  environment.queue()->AddPin();
  return std::make_shared<Pin>(environment.queue(), reference);
}

}  // namespace ats::node
