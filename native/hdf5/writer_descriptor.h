// The few calls of the operating system that the writer makes. Each sets errno
// on failure.
#ifndef ATS_HDF5_WRITER_DESCRIPTOR_H_
#define ATS_HDF5_WRITER_DESCRIPTOR_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace ats::hdf5::descriptor {

/// Creates a file that must not exist, for reading and writing; -1 on failure.
/// A link at the path is not followed.
int CreateNew(const std::string& path);

/// Bytes that were moved; -1 on failure.
int64_t WriteAt(int descriptor, const void* bytes, size_t size,
                uint64_t offset);
int64_t ReadAt(int descriptor, void* bytes, size_t size, uint64_t offset);

bool SetSize(int descriptor, uint64_t size);
bool Close(int descriptor);

}  // namespace ats::hdf5::descriptor

#endif  // ATS_HDF5_WRITER_DESCRIPTOR_H_
