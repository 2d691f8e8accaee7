#include "rest/json.hpp"

namespace bbstream::rest {

json json::operator[](std::string_view key) const
{
    simdjson::dom::element found;
    if (!is_object() || (*value_)[key].get(found) != simdjson::SUCCESS)
        return {};
    return json(found);
}

std::optional<std::string_view> json::text() const
{
    std::string_view text;
    if (!value_ || value_->get(text) != simdjson::SUCCESS)
        return std::nullopt;
    return text;
}

std::optional<std::int64_t> json::number() const
{
    std::int64_t number = 0;
    double fraction = 0;
    if (!value_)
        return std::nullopt;
    if (value_->get(number) == simdjson::SUCCESS)
        return number;
    constexpr double most = 9e18;
    if (value_->get(fraction) == simdjson::SUCCESS && fraction > -most && fraction < most)
        return static_cast<std::int64_t>(fraction);
    return std::nullopt;
}

std::optional<bool> json::boolean() const
{
    bool truth = false;
    if (!value_ || value_->get(truth) != simdjson::SUCCESS)
        return std::nullopt;
    return truth;
}

std::vector<json> json::elements() const
{
    std::vector<json> all;
    simdjson::dom::array array;
    if (value_ && value_->get(array) == simdjson::SUCCESS)
        for (auto const each : array)
            all.emplace_back(each);
    return all;
}

std::vector<std::pair<std::string_view, json>> json::members() const
{
    std::vector<std::pair<std::string_view, json>> all;
    simdjson::dom::object object;
    if (value_ && value_->get(object) == simdjson::SUCCESS)
        for (auto const each : object)
            all.emplace_back(each.key, json(each.value));
    return all;
}

bool json::is_array() const
{
    return value_ && value_->is_array();
}

bool json::is_object() const
{
    return value_ && value_->is_object();
}

json::operator bool() const
{
    return value_ && !value_->is_null();
}

json json_document::parse(std::string_view text)
{
    return document_.parse(text) ? json(document_.root()) : json();
}

}  // namespace bbstream::rest
