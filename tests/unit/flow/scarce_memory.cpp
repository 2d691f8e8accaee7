#include "unit/flow/scarce_memory.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>

namespace bbstream::test {

std::atomic<std::size_t> allocation_max = SIZE_MAX;

}  // namespace bbstream::test

// All of those without an alignment, as sanitizers hold each allocation against its release.
namespace {

void* allocate(std::size_t size) noexcept
{
    return size > bbstream::test::allocation_max ? nullptr : std::malloc(size);
}

void* allocate_or_throw(std::size_t size)
{
    auto* const found = allocate(size);
    return found ? found : throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size)
{
    return allocate_or_throw(size);
}

void* operator new[](std::size_t size)
{
    return allocate_or_throw(size);
}

void* operator new(std::size_t size, std::nothrow_t const&) noexcept
{
    return allocate(size);
}

void* operator new[](std::size_t size, std::nothrow_t const&) noexcept
{
    return allocate(size);
}

void operator delete(void* gone) noexcept
{
    std::free(gone);
}

void operator delete[](void* gone) noexcept
{
    std::free(gone);
}

void operator delete(void* gone, std::size_t) noexcept
{
    std::free(gone);
}

void operator delete[](void* gone, std::size_t) noexcept
{
    std::free(gone);
}
