// The record in the cursor topic: key = node, value = how far the node's journal is published.
#pragma once

#include "kafka/partitions.hpp"
#include "sink/sink.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::kafka {

struct cursor_record {
    sink::cursor cursor;
    // Where events up to the cursor lie that no consumer sees: they are to be published once more.
    std::vector<offset_range> lost;
};

// {"journal":"<32 hex digits>","epoch":1,"sequence":42,"node":"a"}, and where something is lost behind that
// "lost":[{"topic":"bitbucket.commit.v1","partition":0,"begin":17,"end":20}]
std::string cursor_value(sink::cursor const& from, std::string_view node, std::vector<offset_range> const& lost = {});

// Nothing for anything but what cursor_value made, members added behind it aside.
std::optional<cursor_record> parse_cursor(std::string_view value);

}  // namespace bbstream::kafka
