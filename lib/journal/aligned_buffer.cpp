#include "journal/aligned_buffer.hpp"

#include "journal/format.hpp"

#include <new>

namespace bbstream::journal {

aligned_buffer::aligned_buffer(std::size_t capacity)
    : capacity_(round_up_to_block(capacity)),
      data_(static_cast<unsigned char*>(::operator new (capacity_, std::align_val_t{block_bytes})))
{
}

aligned_buffer::~aligned_buffer()
{
    ::operator delete (data_, std::align_val_t{block_bytes});
}

}  // namespace bbstream::journal
