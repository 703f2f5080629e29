// Where readers and writers on top of others keep them.
#ifndef RIEGELI_BYTES_WITH_STREAM_H_
#define RIEGELI_BYTES_WITH_STREAM_H_

#include <utility>

#include "riegeli/base/dependency.h"
#include "riegeli/base/initializer.h"
#include "riegeli/base/object.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Adds the source to `Base`, a reader that asks for it with `SrcReader()` and
// `OwnsSrc()` and starts with `Initialize(args...)`.
template <typename Base, typename Src>
class WithSrc : public Base {
 public:
  // The source as it was given: a pointer, or the reader itself.
  Src& src() { return src_.manager(); }
  const Src& src() const { return src_.manager(); }

 protected:
  using Base::Base;

  template <typename... Args>
  void Open(Initializer<Src> src, Args&&... args) {
    src_.Reset(std::move(src));
    this->Initialize(std::forward<Args>(args)...);
  }

  Reader* SrcReader() const override { return src_.get(); }
  bool OwnsSrc() const override { return Dependency<Reader, Src>::kIsOwning; }

 private:
  Dependency<Reader, Src> src_;
};

// The same for the destination of a writer.
template <typename Base, typename Dest>
class WithDest : public Base {
 public:
  Dest& dest() { return dest_.manager(); }
  const Dest& dest() const { return dest_.manager(); }

 protected:
  using Base::Base;

  template <typename... Args>
  void Open(Initializer<Dest> dest, Args&&... args) {
    dest_.Reset(std::move(dest));
    this->Initialize(std::forward<Args>(args)...);
  }

  Writer* DestWriter() const override { return dest_.get(); }
  bool OwnsDest() const override {
    return Dependency<Writer, Dest>::kIsOwning;
  }

 private:
  Dependency<Writer, Dest> dest_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_WITH_STREAM_H_
