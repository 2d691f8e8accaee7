// What the fold remembers of a pull request, since `pullrequest:updated` does not say what it updated.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::cloud {

// A value as far as it is remembered: of a long one only the digest, of one that was not sent nothing.
struct remembered {
    enum class extent : unsigned char { nothing, whole, digest };

    extent known = extent::nothing;
    std::string_view bytes;

    event::text text() const { return known == extent::whole ? event::text(bytes) : std::nullopt; }
    friend bool operator==(remembered const&, remembered const&) = default;
};

// False where either is not known.
bool differ(remembered const& before, remembered const& now);

struct pull_request_snapshot {
    remembered title;
    remembered description;
    remembered draft;
    remembered source_head;
    remembered target_ref;
    remembered target_head;
    remembered reviewers;  // their ids in order, each with a line feed
};

// `pullrequest`, as it was sent and as it was read.
pull_request_snapshot snapshot_of(object const& from, event::pull_request const& of, arena& memory);

std::optional<bool> draft_of(pull_request_snapshot const& of);
std::span<std::string_view const> reviewers_of(pull_request_snapshot const& of, arena& memory);

// What is known of the delivery's pull request, and since when.
struct known_pull_request {
    micros at = 0;
    pull_request_snapshot is;
};
std::optional<known_pull_request> known(mapping& in, event::pull_request const& of);

// `now` is how it is from its `updated_at` on, unless something newer is known; what `now` does not say stays.
void remember(mapping& in, event::pull_request const& of, pull_request_snapshot const& now);

}  // namespace bbstream::normalize::cloud
