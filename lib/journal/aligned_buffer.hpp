// Memory aligned to a block, as O_DIRECT wants it.
#pragma once

#include <cstddef>

namespace bbstream::journal {

class aligned_buffer {
   public:
    // Capacity is rounded up to whole blocks; the bytes are not initialized.
    explicit aligned_buffer(std::size_t capacity);
    aligned_buffer(aligned_buffer const&) = delete;
    aligned_buffer& operator=(aligned_buffer const&) = delete;
    ~aligned_buffer();

    unsigned char* data() { return data_; }
    unsigned char const* data() const { return data_; }
    std::size_t capacity() const { return capacity_; }

   private:
    std::size_t capacity_;
    unsigned char* data_;
};

}  // namespace bbstream::journal
