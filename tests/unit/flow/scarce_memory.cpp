#include "unit/flow/scarce_memory.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>

namespace bbstream::test {

std::atomic<std::size_t> allocation_max = SIZE_MAX;

}  // namespace bbstream::test

void* operator new(std::size_t size)
{
    auto* const found = size > bbstream::test::allocation_max ? nullptr : std::malloc(size);
    return found ? found : throw std::bad_alloc();
}

void operator delete(void* gone) noexcept
{
    std::free(gone);
}

void operator delete(void* gone, std::size_t) noexcept
{
    std::free(gone);
}
