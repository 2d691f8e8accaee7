// A raw record: what came, untouched, with what is needed to understand it later.
#pragma once

#include "base/product.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string_view>

namespace bbstream::journal {

enum class origin : std::uint8_t { webhook = 1, backfill = 2, poll = 3, enrichment = 4, replay = 5, synthetic = 6 };

// The views belong to whoever made the record: a request that waits to be written, or a batch that was read.
struct record {
    std::uint64_t sequence = 0;  // given by the journal; from 1, without holes
    micros received = 0;
    bbstream::product product = bbstream::product::cloud;
    journal::origin origin = journal::origin::webhook;
    std::string_view instance;
    std::string_view headers;  // "lower-case-name:value\n" a line
    std::string_view meta;     // JSON; empty for webhooks
    std::string_view body;
};

// The value of a header line of `headers`, or empty. `name` is in lower case.
std::string_view header_value(std::string_view headers, std::string_view name);

}  // namespace bbstream::journal
