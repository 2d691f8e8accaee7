// The bytes of a checkpoint, value by value (FORMAT.md). Integers are little-endian.
#pragma once

#include "state/key.hpp"
#include "state/ref_state.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::state {

// Appends.
class checkpoint_writer {
   public:
    explicit checkpoint_writer(std::string& out) : out_(out) {}

    template <std::unsigned_integral Integer>
    void integer(Integer value)
    {
        for (std::size_t at = 0; at < sizeof value; ++at)
            out_ += static_cast<char>(value >> (8 * at) & 0xff);
    }
    void bytes(void const* from, std::size_t size) { out_.append(static_cast<char const*>(from), size); }

    void value(key const& what)
    {
        bytes(&what.first, sizeof what.first);
        bytes(&what.second, sizeof what.second);
    }
    void value(head const& what)
    {
        integer(static_cast<std::uint8_t>(what.size()));
        bytes(what.data(), what.size());
    }
    void value(std::string const& text)
    {
        integer(static_cast<std::uint32_t>(text.size()));
        bytes(text.data(), text.size());
    }
    void value(std::set<std::string, std::less<>> const& names)
    {
        integer(static_cast<std::uint32_t>(names.size()));
        for (auto const& each : names)
            value(each);
    }
    template <class Element>
    void value(std::vector<Element> const& list)
    {
        integer(static_cast<std::uint32_t>(list.size()));
        for (auto const& each : list)
            value(each);
    }
    void value(std::set<std::uint64_t> const& ids)
    {
        integer(static_cast<std::uint32_t>(ids.size()));
        for (auto const each : ids)
            integer(each);
    }
    // What has a `write` of its own beside it.
    template <class Value>
    void value(Value const& what)
    {
        write(*this, what);
    }

   private:
    std::string& out_;
};

// Reads off the front; once something is missing all that follows is zero, and `failed` says so.
class checkpoint_reader {
   public:
    explicit checkpoint_reader(std::string_view bytes) : rest_(bytes) {}

    template <std::unsigned_integral Integer>
    Integer integer()
    {
        std::array<unsigned char, sizeof(Integer)> raw{};
        bytes(raw.data(), raw.size());
        Integer value = 0;
        for (std::size_t at = raw.size(); at-- > 0;)
            value = static_cast<Integer>(value << 8 * (sizeof(Integer) > 1) | raw[at]);
        return value;
    }
    void bytes(void* to, std::size_t size)
    {
        if (rest_.size() < size) {
            failed_ = true;
            rest_ = {};
            return;
        }
        std::copy_n(rest_.data(), size, static_cast<char*>(to));  // of nothing too, unlike memcpy
        rest_.remove_prefix(size);
    }

    key read_key()
    {
        key read;
        bytes(&read.first, sizeof read.first);
        bytes(&read.second, sizeof read.second);
        return read;
    }
    void value(head& into)
    {
        std::array<unsigned char, 32> raw{};
        std::size_t const size = integer<std::uint8_t>();
        failed_ |= size > raw.size();
        bytes(raw.data(), failed_ ? 0 : size);
        into = head::of_bytes(failed_ ? 0 : size, raw.data());
    }
    void value(std::string& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        failed_ |= size > rest_.size();
        into.resize(failed_ ? 0 : size);
        bytes(into.data(), into.size());
    }
    void value(std::set<std::string, std::less<>>& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        std::string name;
        for (std::size_t at = 0; at < size && !failed_; ++at) {
            value(name);
            into.insert(into.end(), name);
        }
        failed_ |= into.size() != size;
    }
    template <class Element>
    void value(std::vector<Element>& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        failed_ |= size > rest_.size();  // each has a byte at least
        into.resize(failed_ ? 0 : size);
        for (auto& each : into)
            value(each);
    }
    void value(std::set<std::uint64_t>& into)
    {
        std::size_t const count = integer<std::uint32_t>();
        for (std::size_t at = 0; at < count && !failed_; ++at)
            into.insert(into.end(), integer<std::uint64_t>());
        failed_ |= into.size() != count;
    }
    // What has a `read` of its own beside it.
    template <class Value>
    void value(Value& into)
    {
        read(*this, into);
    }

    void fail_if(bool wrong) { failed_ |= wrong; }
    bool failed() const { return failed_; }
    std::size_t left() const { return rest_.size(); }
    bool done() const { return !failed_ && rest_.empty(); }

   private:
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace bbstream::state
