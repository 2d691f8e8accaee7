// Pages of listings, read with tolerance.
#pragma once

#include "normalize/document.hpp"
#include "normalize/read.hpp"
#include "rest/listing.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::backfill {

class page {
   public:
    explicit page(std::string_view text) : root_(document_.parse(text)) {}

    std::optional<normalize::object> const& root() const { return root_; }
    std::optional<normalize::array> values() const
    {
        return root_ ? normalize::array_member(*root_, "values") : std::nullopt;
    }
    normalize::arena& memory() { return memory_; }

   private:
    normalize::document document_;
    std::optional<normalize::object> root_;
    normalize::arena memory_;
};

// What asks for the page after this one, by a rule of rest's paging.hpp; nothing at the end. Errors: the rule's;
// invalid where it is no page, or leads to itself.
result<std::optional<std::string>> next_of(std::string_view target, std::string_view text, rest::paging by);

// Whether each of a page's values has a time in this member, and that is before.
bool all_before(page const& of, std::string_view time_member, micros than);

}  // namespace bbstream::backfill
