// The rule that gives the same fact the same event id: a UUIDv5 of the fact's name.
//
// name = "v1" LF fact LF instance LF part LF part ..., where % CR LF in instance and parts are %25 %0D %0A.
#pragma once

#include "base/time.hpp"
#include "event/uuid.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::event {

// uuid5(NAMESPACE_URL, "urn:bitbucket-events:event-id:v1"), frozen: it is part of every id.
inline constexpr uuid event_id_namespace{
    {0x55, 0xfc, 0x35, 0x8f, 0x54, 0xfc, 0x5e, 0xa7, 0xbc, 0x37, 0x1f, 0xa8, 0x31, 0x02, 0x4e, 0xb5}};

// Builds names one after the other in the same memory.
class fact_name {
   public:
    // Begins a name anew. `fact` is one of ours and needs no escaping.
    fact_name& begin(std::string_view fact, std::string_view instance);
    // One that is called `family` and `member` together.
    fact_name& begin(std::string_view family, std::string_view member, std::string_view instance);
    fact_name& part(std::string_view text);
    fact_name& part(std::uint64_t number);
    fact_name& time(micros at);

    // Of the name as it stands; more parts may follow.
    uuid id() const { return uuid5(event_id_namespace, name_); }
    std::string_view text() const { return name_; }

    // Takes back what was added since `length`, a former text().size().
    void cut(std::size_t length) { name_.resize(length); }

   private:
    std::string name_;
};

}  // namespace bbstream::event
