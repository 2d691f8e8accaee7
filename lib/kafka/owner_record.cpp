#include "kafka/owner_record.hpp"

namespace bbstream::kafka {

namespace {

constexpr std::string_view before_instance = "instance/";
constexpr std::string_view before_owner = "{\"owner\":\"";
constexpr std::string_view before_ousted = "\",\"ousted\":\"";
constexpr std::string_view at_end = "\"}";

}  // namespace

std::string owner_key(std::string_view instance)
{
    return std::string(before_instance).append(instance);
}

std::optional<std::string_view> instance_of_key(std::string_view key)
{
    if (!key.starts_with(before_instance))
        return std::nullopt;
    return key.substr(before_instance.size());
}

// Names of nodes have nothing that JSON would escape.
std::string owner_value(owner const& from)
{
    std::string value(before_owner);
    value += from.node;
    if (!from.ousted.empty())
        value.append(before_ousted).append(from.ousted);
    return value.append(at_end);
}

std::optional<owner> parse_owner(std::string_view value)
{
    if (!value.starts_with(before_owner) || !value.ends_with(at_end) ||
        value.size() < before_owner.size() + at_end.size())
        return std::nullopt;
    value = value.substr(before_owner.size(), value.size() - before_owner.size() - at_end.size());
    owner read;
    auto const middle = value.find(before_ousted);
    read.node = value.substr(0, middle);
    if (middle != std::string_view::npos)
        read.ousted = value.substr(middle + before_ousted.size());
    if (read.node.empty() || (read.node + read.ousted).find_first_of("\"\\") != std::string::npos)
        return std::nullopt;
    return read;
}

}  // namespace bbstream::kafka
