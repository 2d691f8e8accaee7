// A json_writer that knows which addresses of people may be told.
#pragma once

#include "event/json_writer.hpp"

namespace bbstream::event {

enum class address_rule : std::uint8_t { keep, domain, sha256, drop };

// E-mail addresses in events: of accounts, and of the people that commits name.
struct privacy {
    address_rule account_addresses = address_rule::drop;
    address_rule commit_addresses = address_rule::keep;
};

class object_writer : public json_writer {
   public:
    object_writer(std::string& out, privacy const& rules) : json_writer(out), rules_(rules) {}

    privacy const& rules() const { return rules_; }

   private:
    privacy rules_;
};

}  // namespace bbstream::event
