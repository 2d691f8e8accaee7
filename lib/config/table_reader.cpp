#include "config/table_reader.hpp"

#include "config/units.hpp"

#include <cstdlib>
#include <sstream>

namespace bbstream::config {

namespace {

constexpr std::string_view secret_forms =
    "must be \"credential:NAME\", \"file:PATH\" or \"env:NAME\" (a secret itself does not belong in this file)";

std::string_view type_name(toml::node const& node)
{
    switch (node.type()) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::string:
            return "a text";
        case toml::node_type::integer:
            return "a number";
        case toml::node_type::floating_point:
            return "a fraction";
        case toml::node_type::boolean:
            return "true or false";
        default:
            return "a date";
    }
}

std::uint32_t line_of_node(toml::node const& node)
{
    return node.source().begin.line;
}

using texts_by_name = std::vector<std::pair<std::string, std::string>>;

// The plain values at and below a node. Gives false where there is something else.
bool flatten(std::string const& name, toml::node const& node, texts_by_name& to)
{
    bool plain = true;
    if (auto const* table = node.as_table()) {
        for (auto const& [key, inner] : *table)
            plain = flatten(name + '.' + std::string(key.str()), inner, to) && plain;
    } else if (auto const* value = node.as_string()) {
        to.emplace_back(name, value->get());
    } else if (auto const* whole = node.as_integer()) {
        to.emplace_back(name, std::to_string(whole->get()));
    } else if (auto const* truth = node.as_boolean()) {
        to.emplace_back(name, truth->get() ? "true" : "false");
    } else if (auto const* fraction = node.as_floating_point()) {
        std::ostringstream digits;
        digits << fraction->get();
        to.emplace_back(name, digits.str());
    } else {
        plain = false;
    }
    return plain;
}

}  // namespace

table_reader::table_reader(toml::table const* from, std::string path, report& to)
    : from_(from), path_(std::move(path)), report_(&to)
{
}

bool table_reader::text(std::string_view key, std::string& to, text_check check)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    auto value = string_at(key, *node, "a text in quotes");
    if (!value)
        return false;
    if (auto const what = check(*value); !what.empty()) {
        wrong(key, shown(*value) + ' ' + std::string(what));
        return false;
    }
    to = std::move(*value);
    return true;
}

bool table_reader::named_text(std::string_view key, std::string& to, text_check check)
{
    constexpr std::string_view prefix = "env:";
    auto const* node = ask(key);
    auto const* value = node == nullptr ? nullptr : node->as_string();
    if (value == nullptr || !value->get().starts_with(prefix))
        return text(key, to, check);
    char const* const held = std::getenv(value->get().substr(prefix.size()).c_str());
    if (held == nullptr || *held == '\0') {
        wrong(key, shown(value->get()) + ": this variable is not set");
        return false;
    }
    if (auto const what = check(held); !what.empty()) {
        wrong(key, "what " + shown(value->get()) + " holds " + std::string(what));
        return false;
    }
    to = held;
    return true;
}

bool table_reader::texts(std::string_view key, std::vector<std::string>& to, text_check check)
{
    auto const* list = array_at(key, "a list of texts: [\"...\"]");
    if (list == nullptr)
        return false;
    std::vector<std::string> values;
    for (auto const& node : *list) {
        auto const* value = node.as_string();
        auto const what = value == nullptr ? std::string_view() : check(value->get());
        if (value == nullptr)
            report_->add(line_of_node(node), full(key), "has " + std::string(type_name(node)) + " where texts belong");
        else if (!what.empty())
            report_->add(line_of_node(node), full(key), shown(value->get()) + ' ' + std::string(what));
        else
            values.push_back(value->get());
    }
    to = std::move(values);
    return true;
}

bool table_reader::flag(std::string_view key, bool& to)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    auto const* value = node->as_boolean();
    if (value == nullptr) {
        wrong(key, "must be true or false, not " + std::string(type_name(*node)));
        return false;
    }
    to = value->get();
    return true;
}

bool table_reader::share(std::string_view key, double& to)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    auto const value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value || !(*value >= 0 && *value <= 1)) {
        wrong(key, "must be a number within 0 to 1, such as 0.5");
        return false;
    }
    to = *value;
    return true;
}

bool table_reader::duration(std::string_view key, milliseconds& to, milliseconds least, milliseconds most)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    auto const text = string_at(key, *node, "a duration with its unit in quotes, such as \"30s\" or \"7d\"");
    if (!text)
        return false;
    auto const value = parse_duration(*text);
    if (!value)
        wrong(key, shown(*text) + " is not a duration such as \"500ms\", \"30s\", \"5m\", \"24h\" or \"7d\"");
    else if (*value < least || *value > most)
        wrong(key, shown(*text) + " must be within " + duration_text(least) + " to " + duration_text(most));
    else
        to = *value;
    return value && *value >= least && *value <= most;
}

bool table_reader::size(std::string_view key, std::uint64_t& to, std::uint64_t least, std::uint64_t most)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    std::optional<std::uint64_t> value;
    if (auto const* bytes = node->as_integer(); bytes != nullptr && bytes->get() >= 0)
        value = static_cast<std::uint64_t>(bytes->get());
    else if (auto const* text = node->as_string())
        value = parse_size(text->get());
    if (!value)
        wrong(key, "must be a size such as 1048576, \"256MiB\" or \"20GiB\"");
    else if (*value < least || *value > most)
        wrong(key, "must be within " + size_text(least) + " to " + size_text(most));
    else
        to = *value;
    return value && *value >= least && *value <= most;
}

bool table_reader::secret(std::string_view key, std::optional<secret_reference>& to)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return false;
    auto const* value = node->as_string();
    if (value != nullptr && value->get().empty())
        return false;
    if (value == nullptr || !is_secret_reference(value->get())) {
        wrong(key, std::string(secret_forms));
        return false;
    }
    to = secret_reference{value->get()};
    return true;
}

bool table_reader::secrets(std::string_view key, std::vector<secret_reference>& to)
{
    auto const* list = array_at(key, "a list of references: [\"credential:NAME\"]");
    if (list == nullptr)
        return false;
    std::vector<secret_reference> values;
    for (auto const& node : *list) {
        auto const* value = node.as_string();
        if (value == nullptr || !is_secret_reference(value->get()))
            report_->add(line_of_node(node), full(key), "each " + std::string(secret_forms));
        else
            values.push_back({value->get()});
    }
    to = std::move(values);
    return true;
}

table_reader table_reader::table(std::string_view key)
{
    asked_.emplace(key);
    auto const* node = from_ == nullptr ? nullptr : from_->get(key);
    if (node != nullptr && !node->is_table())
        wrong(key, "must be a table: [" + full(key) + "]");
    return table_reader(node == nullptr ? nullptr : node->as_table(), full(key), *report_);
}

std::vector<table_reader> table_reader::tables(std::string_view key)
{
    asked_.emplace(key);
    std::vector<table_reader> all;
    auto const* node = from_ == nullptr ? nullptr : from_->get(key);
    if (node == nullptr)
        return all;
    if (node->is_table())
        wrong(key, "must be [[" + full(key) + "]] in double brackets, as there may be several");
    else if (!node->is_array_of_tables())
        wrong(key, "must be tables: [[" + full(key) + "]]");
    if (auto const* list = node->as_array())
        for (auto const& each : *list)
            if (auto const* table = each.as_table())
                all.emplace_back(table, full(key), *report_);
    return all;
}

std::vector<std::pair<std::string, std::string>> table_reader::rest_as_text()
{
    texts_by_name rest;
    if (from_ == nullptr)
        return rest;
    for (auto const& [key, node] : *from_) {
        if (!asked_.emplace(key.str()).second)
            continue;
        if (!flatten(std::string(key.str()), node, rest))
            wrong(key.str(), "must be a text, a number or true or false");
    }
    return rest;
}

bool table_reader::has(std::string_view key) const
{
    return from_ != nullptr && from_->contains(key);
}

bool table_reader::is_empty_list(std::string_view key) const
{
    auto const* node = from_ == nullptr ? nullptr : from_->get(key);
    return node != nullptr && node->is_array() && node->as_array()->empty();
}

std::uint32_t table_reader::line_of(std::string_view key) const
{
    if (from_ == nullptr)
        return 0;
    auto const* node = from_->get(key);
    if (node != nullptr)
        return line_of_node(*node);
    return path_.empty() ? 0 : line_of_node(*from_);
}

void table_reader::wrong(std::string_view key, std::string what) const
{
    report_->add(line_of(key), full(key), std::move(what));
}

void table_reader::finish() const
{
    if (from_ == nullptr)
        return;
    for (auto const& [key, node] : *from_)
        if (!asked_.contains(key.str()))
            report_->unknown(line_of_node(node), full(key.str()));
}

toml::node const* table_reader::ask(std::string_view key)
{
    asked_.emplace(key);
    report_->known(full(key));
    return from_ == nullptr ? nullptr : from_->get(key);
}

std::string table_reader::full(std::string_view key) const
{
    return path_.empty() ? std::string(key) : path_ + '.' + std::string(key);
}

std::optional<std::string> table_reader::string_at(std::string_view key, toml::node const& node,
                                                   std::string_view wanted)
{
    if (auto const* value = node.as_string())
        return value->get();
    wrong(key, "must be " + std::string(wanted) + ", not " + std::string(type_name(node)));
    return std::nullopt;
}

std::optional<std::int64_t> table_reader::number_within(std::string_view key, std::int64_t least, std::int64_t most)
{
    auto const* node = ask(key);
    if (node == nullptr)
        return std::nullopt;
    auto const* value = node->as_integer();
    if (value == nullptr || value->get() < least || value->get() > most) {
        wrong(key, "must be a whole number within " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return value->get();
}

toml::array const* table_reader::array_at(std::string_view key, std::string_view wanted)
{
    auto const* node = ask(key);
    if (node != nullptr && !node->is_array())
        wrong(key, "must be " + std::string(wanted) + ", not " + std::string(type_name(*node)));
    return node == nullptr ? nullptr : node->as_array();
}

}  // namespace bbstream::config
