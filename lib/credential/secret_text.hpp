// Text that is wiped from memory when it is not needed any more.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace bbstream::credential {

// Overwrites it with zeros, in a way that no compiler leaves out.
void wipe(void* from, std::size_t bytes);
void wipe(std::string& text);

template <class T>
struct wiping_allocator {
    using value_type = T;

    wiping_allocator() = default;
    template <class Other>
    wiping_allocator(wiping_allocator<Other> const&)  // NOLINT(google-explicit-constructor): allocators convert
    {
    }

    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* at, std::size_t count)
    {
        wipe(at, count * sizeof(T));
        std::allocator<T>().deallocate(at, count);
    }
    bool operator==(wiping_allocator const&) const = default;
};

// Leaves nothing behind, also where it grows. (Up to 15 characters lie in the object itself and stay; tokens are
// longer.)
using secret_text = std::basic_string<char, std::char_traits<char>, wiping_allocator<char>>;

}  // namespace bbstream::credential
