// What the addresses in a build status tell.
#pragma once

#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::normalize::cloud {

// The digits after "/commit/".
event::text hash_in_address(event::text address);

// Whether it is a run of Bitbucket's own pipelines, and which:
// https://bitbucket.org/acme/api/addon/pipelines/home#!/results/4, and without "addon" and "home#!" later on.
struct pipeline_address {
    bool is_pipeline = false;
    std::optional<std::uint64_t> number;
};
pipeline_address pipeline_of_address(std::string_view address);

}  // namespace bbstream::normalize::cloud
