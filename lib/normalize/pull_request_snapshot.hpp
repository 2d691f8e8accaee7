// What the fold remembers of a pull request, to tell what an answer of REST, or an update that does not say what it
// updated, makes different.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>

namespace bbstream::normalize {

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
    remembered state;
    remembered version;   // Data Center's
    remembered judges;    // who has said something that stands, like reviewers
    remembered observed;  // that REST has shown it: from then on a verdict that is not known is news

    friend bool operator==(pull_request_snapshot const&, pull_request_snapshot const&) = default;
};

remembered remember_text(event::text what, arena& memory);
remembered remember_reviewers(std::span<event::participant const> reviewers, arena& memory);
remembered remember_judges(event::pull_request const& of, arena& memory);

// approved, changes_requested
bool is_positive(std::string_view verdict);
// What both products have alike; `description` is the whole of it.
pull_request_snapshot snapshot_of_texts(event::pull_request const& of, event::text description, arena& memory);

bool is_closed(std::string_view state);

std::optional<bool> draft_of(pull_request_snapshot const& of);
std::span<std::string_view const> reviewers_of(pull_request_snapshot const& of, arena& memory);

// What is known of a pull request of the record's repository, and since when.
struct known_pull_request {
    micros at = 0;
    pull_request_snapshot is;
};
std::optional<known_pull_request> known(mapping& in, std::uint64_t id);
// Who has a verdict that stands, as far as was told.
std::span<std::string_view const> known_judges(mapping& in, std::uint64_t id);

// `now` is how it is from its `updated_at` on, unless something newer is known; what `now` does not say stays.
void remember(mapping& in, event::pull_request const& of, pull_request_snapshot const& now);

// What a webhook tells of a pull request that is known: the rest of its body may hold what another one told that was
// lost, and stays as it was, for a look to find. Of one that is not known all is remembered.
using snapshot_part = remembered pull_request_snapshot::*;
void remember_told(mapping& in, event::pull_request const& of, pull_request_snapshot const& now,
                   std::initializer_list<snapshot_part> told);

// The same of one person's verdict alone: whether it is a positive one. It makes nothing newer.
void remember_judge(mapping& in, event::pull_request const& of, std::string_view user, bool positive);

// All that is remembered, as one digest, with `more` that belongs to it.
std::array<unsigned char, 20> digest_of(pull_request_snapshot const& of, std::string_view more, arena& memory);

}  // namespace bbstream::normalize
