// The records in the cursor topic that name the node which serves an instance: key = "instance/" and its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::kafka {

struct owner {
    std::string node;
    // The node that it was taken from, until the broker lets that one write no more; else empty.
    std::string ousted;
    friend bool operator==(owner const&, owner const&) = default;
};

// No node's name: those have no slash.
std::string owner_key(std::string_view instance);
// The instance whose owner a record names; nothing for another record.
std::optional<std::string_view> instance_of_key(std::string_view key);

// {"owner":"a"} or {"owner":"b","ousted":"a"}
std::string owner_value(owner const& from);
// Nothing for anything but what owner_value made.
std::optional<owner> parse_owner(std::string_view value);

}  // namespace bbstream::kafka
