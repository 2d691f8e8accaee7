// JSON text (RFC 8259), appended to a string as it is said: no tree, no line breaks, always valid UTF-8.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::event {

// A quoted string, appended, escaped as canonical JSON is (RFC 8785); what is no UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// A member's name with its comma, quotes and colon, composed by the compiler: ,"name":
template <std::size_t Size>
struct member_name {
    char text[Size + 3]{};

    consteval member_name(char const (&name)[Size])  // NOLINT(google-explicit-constructor): it is written as a literal
    {
        text[0] = ',';
        text[1] = '"';
        for (std::size_t at = 0; at + 1 < Size; ++at)
            text[2 + at] = name[at];
        text[Size + 1] = '"';
        text[Size + 2] = ':';
    }
};

// Members and elements in the order of the calls; commas are its own affair. Names need no escaping.
class json_writer {
   public:
    explicit json_writer(std::string& out) : out_(out) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    // In an object whose beginning, with one member or more, was appended by other means.
    void resume_object() { first_ = false; }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    // A comma before every element of an array but the first.
    void element()
    {
        if (!first_)
            out_ += ',';
        first_ = false;
    }

    template <member_name Name>
    void name()
    {
        out_.append(Name.text + (first_ ? 1 : 0), sizeof Name.text - (first_ ? 1 : 0));
        first_ = false;
    }
    // A name that is known at run time only.
    void name(std::string_view name)
    {
        element();
        append_json_string(out_, name);
        out_ += ':';
    }
    template <member_name Name>
    void null()
    {
        name<Name>();
        out_ += "null";
    }
    template <member_name Name>
    void text(std::optional<std::string_view> value)
    {
        name<Name>();
        text_value(value);
    }
    template <member_name Name>
    void boolean(std::optional<bool> value)
    {
        name<Name>();
        out_ += !value ? "null" : *value ? "true" : "false";
    }
    template <member_name Name>
    void number(std::optional<std::uint64_t> value)
    {
        name<Name>();
        number_value(value);
    }
    template <member_name Name>
    void time(std::optional<micros> value)
    {
        name<Name>();
        time_value(value);
    }

    void text_value(std::optional<std::string_view> value);
    void number_value(std::optional<std::uint64_t> value);
    void time_value(std::optional<micros> value);

    std::string& out() { return out_; }

   private:
    void begin(char bracket)
    {
        out_ += bracket;
        first_ = true;
    }
    void end(char bracket)
    {
        out_ += bracket;
        first_ = false;
    }

    std::string& out_;
    bool first_ = true;
};

}  // namespace bbstream::event
