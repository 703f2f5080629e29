// C++ values as instances of JavaScript classes: type-tagged wraps, so that a
// handle of another class or module is refused and never reinterpreted.
#ifndef ATS_NODE_HANDLE_H_
#define ATS_NODE_HANDLE_H_

#include <node_api.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/call.h"
#include "node/environment.h"
#include "node/status_error.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/status.h"

namespace ats::node {

/// Specialised for every C++ type that has a handle class:
/// `static constexpr char name[]` and `static constexpr napi_type_tag tag`.
template <typename Value>
struct HandleTraits;

/// One method of a handle class or one getter of it.
struct Member {
  const char* name;
  napi_callback method = nullptr;
  napi_callback getter = nullptr;
};

namespace internal_handle {

// Only C++ makes handles: JavaScript that calls `new` finds nothing to adopt.
template <typename Value>
tensorstore::Result<napi_value> Construct(Call& call) {
  auto* value = static_cast<Value*>(
      std::exchange(call.environment.adopting, nullptr));
  if (value == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        HandleTraits<Value>::name, " cannot be constructed directly"));
  }
  std::unique_ptr<Value> owned(value);
  ATS_NAPI(napi_type_tag_object(call.env(), call.self,
                                &HandleTraits<Value>::tag));
  ATS_NAPI(napi_wrap(
      call.env(), call.self, owned.get(),
      [](napi_env, void* data, void*) { delete static_cast<Value*>(data); },
      nullptr, nullptr));
  owned.release();
  return call.self;
}

}  // namespace internal_handle

/// Defines the class of `Value` in this environment.
template <typename Value>
absl::Status DefineHandle(Environment& environment,
                          const std::vector<Member>& members) {
  std::vector<napi_property_descriptor> properties;
  for (const Member& member : members) {
    properties.push_back({member.name, nullptr, member.method, member.getter,
                          nullptr, nullptr, napi_default_method, nullptr});
  }
  napi_value constructor;
  ATS_NAPI(napi_define_class(environment.env(), HandleTraits<Value>::name,
                             NAPI_AUTO_LENGTH,
                             Invoke<internal_handle::Construct<Value>>, nullptr,
                             properties.size(), properties.data(),
                             &constructor));
  napi_ref reference;
  ATS_NAPI(napi_create_reference(environment.env(), constructor, 1,
                                 &reference));
  environment.constructors[&HandleTraits<Value>::tag] = reference;
  return absl::OkStatus();
}

/// A new handle that owns `value`.
template <typename Value>
tensorstore::Result<napi_value> MakeHandle(Environment& environment,
                                           Value value) {
  napi_value constructor, handle;
  ATS_NAPI(napi_get_reference_value(
      environment.env(),
      environment.constructors.at(&HandleTraits<Value>::tag), &constructor));
  environment.adopting = new Value(std::move(value));
  const napi_status status = napi_new_instance(environment.env(), constructor,
                                               0, nullptr, &handle);
  // Not adopted when the environment is terminating.
  delete static_cast<Value*>(std::exchange(environment.adopting, nullptr));
  if (status != napi_ok) return NapiFailure(status, "napi_new_instance");
  return handle;
}

/// The C++ value of `handle`, which the handle goes on owning.
template <typename Value>
tensorstore::Result<Value*> FromHandle(Environment& environment,
                                       napi_value handle) {
  bool tagged = false;
  void* value = nullptr;
  if (napi_check_object_type_tag(environment.env(), handle,
                                 &HandleTraits<Value>::tag,
                                 &tagged) != napi_ok ||
      !tagged ||
      napi_unwrap(environment.env(), handle, &value) != napi_ok) {
    return absl::InvalidArgumentError(
        absl::StrCat("A ", HandleTraits<Value>::name, " is needed here"));
  }
  return static_cast<Value*>(value);
}

/// The C++ value of `this` in a method.
template <typename Value>
tensorstore::Result<Value*> Self(Call& call) {
  return FromHandle<Value>(call.environment, call.self);
}

}  // namespace ats::node

#endif  // ATS_NODE_HANDLE_H_
