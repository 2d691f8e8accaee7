// Memory for what the events of one record point to; all of it is given back at the next record.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bbstream::normalize {

class arena {
   public:
    // One text of several.
    std::string_view join(std::initializer_list<std::string_view> parts)
    {
        std::size_t size = 0;
        for (auto const part : parts)
            size += part.size();
        auto const to = array<char>(size);
        std::size_t at = 0;
        for (auto const part : parts)
            at += part.copy(to.data() + at, part.size());
        return {to.data(), size};
    }

    template <class T>
    std::span<T> array(std::size_t count)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        if (count == 0)
            return {};
        auto* const first = std::pmr::polymorphic_allocator<>(&memory_).allocate_object<T>(count);
        std::uninitialized_value_construct_n(first, count);
        return {first, count};
    }

    template <class T>
    T const* keep(T const& value)
    {
        auto const one = array<T>(1);
        one.front() = value;
        return one.data();
    }

    void clear() { memory_.release(); }

   private:
    static constexpr std::size_t usual_bytes = 32 * 1024;

    std::vector<std::byte> usual_ = std::vector<std::byte>(usual_bytes);
    std::pmr::monotonic_buffer_resource memory_{usual_.data(), usual_.size()};
};

}  // namespace bbstream::normalize
