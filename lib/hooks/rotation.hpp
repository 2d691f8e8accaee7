// The life of an instance's webhook secrets beyond webhook.secrets: a new one is made, the daemon accepts it, hooks get
// it, and the former ones retire once nothing comes by them. Decisions only; no I/O.
#pragma once

#include "base/failure.hpp"
#include "base/time.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bbstream::hooks {

struct kept_secret {
    std::string text;
    micros made = 0;
};

struct rotation {
    std::vector<kept_secret> secrets;    // made by rotations, the newest first
    bool accepted = false;               // the daemon takes the newest: hooks may have it
    micros rewritten = 0;                // when each hook had the newest; 0: not yet
    std::map<std::string, micros> used;  // by fingerprint: when something came by it last
    std::set<std::string> retired;       // fingerprints; also of what still stands in webhook.secrets
};

std::string fingerprint_of(std::string_view secret);

// One has begun and not every hook is rewritten.
bool is_under_way(rotation const& of);
void begin(rotation& of, std::string fresh, micros now);

// What may sign, the newest first: those of rotations, then those of webhook.secrets, without what has retired.
std::vector<std::string> accepted_secrets(rotation const& of, std::vector<std::string> const& configured);
// What hooks are given; nothing where there is no secret.
std::optional<std::string> secret_for_hooks(rotation const& of, std::vector<std::string> const& configured);

// Once every hook is rewritten, those retire by which nothing has come for `window`; how many.
std::size_t retire(rotation& of, std::vector<std::string> const& configured, std::chrono::milliseconds window,
                   micros now);

// JSON, to be sealed.
std::string encode(rotation const& of);
// Errors: corrupt.
result<rotation> decode_rotation(std::string_view text);

}  // namespace bbstream::hooks
