// The CloudEvents context attributes of an event, in the order in which they are written.
#pragma once

#include "event/encode.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bbstream::event {

enum class attribute_kind : std::uint8_t {
    plain,   // ours: printable ASCII that needs no escaping, short
    text,    // may hold anything
    number,  // of JSON
};

struct attribute {
    std::string_view name;
    std::string_view value;
    attribute_kind kind = attribute_kind::plain;
};

// What an event is called: itself, or what it is projected to.
struct event_name {
    uuid id;
    std::string_view type;
    std::string_view schema;  // empty: none
    std::string_view subject;
    std::string_view content_type;
    bbstream::event::position position;
    uuid const* cause = nullptr;
};

event_name name_of(event const& what);

class attributes {
   public:
    attributes(event const& of, event_name const& as, encoding const& how, micros recorded);

    std::span<attribute const> list() const { return {list_.data(), size_}; }
    std::string_view traceparent() const { return traceparent_; }

    // CloudEvents' claim check: bbstream:journal/{identity}/{sequence}.
    void add_dataref(delivery const& from, encoding const& how);

   private:
    static constexpr std::size_t count_max = 32;

    void add(std::string_view name, std::string_view value, attribute_kind kind = attribute_kind::plain);
    void add_text(std::string_view name, std::string_view value) { add(name, value, attribute_kind::text); }
    void add_if_filled(std::string_view name, std::string_view value);
    void add_identity(event const& of, event_name const& as);
    void add_times_and_order(event_name const& as, encoding const& how, micros recorded);
    void add_author(actor const* who);
    void add_delivery(event const& of, encoding const& how);
    void add_trace(delivery const& from, encoding const& how);
    template <class Append>
    std::string_view scratch(Append append);

    std::array<attribute, count_max> list_;
    std::size_t size_ = 0;
    std::string_view traceparent_;
    std::string scratch_;  // never grows beyond its first capacity: views point into it
};

// As `bborigin` has it: "webhook" and so on.
std::string_view origin_name(journal::origin which);

// The claim check's text, appended.
void append_dataref(std::string& out, journal::identity const& journal, std::uint64_t sequence);

}  // namespace bbstream::event
