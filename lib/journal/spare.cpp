#include "journal/spare.hpp"

#include "journal/aligned_buffer.hpp"
#include "journal/format.hpp"

#include <algorithm>
#include <cstring>

namespace bbstream::journal {

namespace {

constexpr std::size_t fill_step_bytes = 256u << 10;

result<void> fill(file& with_zeros, std::uint64_t capacity, std::atomic<bool> const& stop)
{
    // Asking for the space first tells at once when the disk is full.
    if (auto reserved = with_zeros.allocate(capacity); !reserved)
        return reserved;
    aligned_buffer zeros(static_cast<std::size_t>(std::min<std::uint64_t>(fill_step_bytes, capacity)));
    std::memset(zeros.data(), 0, zeros.capacity());
    for (std::uint64_t offset = 0; offset < capacity;) {
        if (stop)
            return failure{failure_kind::unavailable, "the journal is closing"};
        auto const size = static_cast<std::size_t>(std::min<std::uint64_t>(zeros.capacity(), capacity - offset));
        if (auto written = with_zeros.write(offset, zeros.data(), size); !written)
            return written;
        offset += size;
    }
    return with_zeros.sync();
}

result<spare> try_make(directory& in, std::string const& name, std::uint64_t capacity, std::atomic<bool> const& stop)
{
    if (in.exists(name)) {
        if (auto removed = in.remove(name); !removed)
            return removed.error();
    }
    {
        auto const made = in.open(name, file_access::fill);
        if (!made)
            return made.error();
        if (auto filled = fill(**made, capacity, stop); !filled)
            return filled.error();
    }
    auto opened = in.open(name, file_access::append);
    if (!opened)
        return opened.error();
    return spare{std::move(*opened), capacity};
}

}  // namespace

result<spare> make_spare(directory& in, std::uint64_t capacity, std::atomic<bool> const& stop)
{
    std::string const name(spare_name);
    auto made = try_make(in, name, capacity, stop);
    if (!made && in.exists(name))
        (void)in.remove(name);
    return made;
}

}  // namespace bbstream::journal
