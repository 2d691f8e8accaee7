#include "flow/comparison.hpp"

#include "sink/attribute.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::flow {

namespace {

// Around the value that begins after `name` and goes to `end`: all that is to be equal.
struct parts {
    std::string_view before;
    std::string_view behind;
    friend bool operator==(parts const&, parts const&) = default;
};

parts without(std::string_view text, std::string_view name, char end)
{
    auto const at = text.find(name);
    if (at == std::string_view::npos)
        return {text, {}};
    auto const begin = at + name.size();
    auto const behind = std::min(text.find(end, begin), text.size());
    return {text.substr(0, begin), text.substr(behind)};
}

parts lasting_value(std::string_view value)
{
    return without(value, "\"recordedtime\":\"", '"');
}

parts lasting_headers(std::string_view headers)
{
    using namespace std::string_view_literals;
    return without(headers, "ce_recordedtime\0"sv, '\0');
}

event::sha256_digest digest_of(std::string_view value)
{
    auto const [before, behind] = lasting_value(value);
    return event::sha256(before, behind);
}

sink::read_event as_read(event::encoded const& expected)
{
    return {expected.value, expected.key, expected.headers};
}

// The sink has refused the event for good: a dead letter stands in its place, and says where it was bound for.
bool is_dead_letter_for(event::encoded const& expected, found_event const& found)
{
    return expected.topic != event::topic::dlq && event::holds(found.from->topics, event::topic::dlq) &&
           sink::attribute_of(found.content, "topic") == event::topic_name(expected.topic);
}

}  // namespace

std::string_view fault_name(fault_kind which)
{
    static constexpr std::array<std::string_view, fault_kind_count> names = {"missing", "doubled", "out_of_order",
                                                                             "foreign", "different"};
    return names[static_cast<std::size_t>(which)];
}

bool same_event(event::encoded const& expected, found_event const& found)
{
    auto const& content = found.content;
    return event::holds(found.from->topics, expected.topic) &&
           lasting_value(expected.value) == lasting_value(content.value) &&
           (!content.key || *content.key == expected.key) &&
           (!content.headers || lasting_headers(*content.headers) == lasting_headers(expected.headers));
}

void comparison::compare(event::encoded const& expected, found_event const& found)
{
    ++compared_;
    if (same_event(expected, found))
        return;
    if (is_dead_letter_for(expected, found))
        ++dead_lettered_;
    else
        add({fault_kind::different, sink::mark_text({epoch_, expected.position}),
             std::string(sink::attribute_of(as_read(expected), "id")), found.from->name});
}

void comparison::miss(event::encoded const& expected)
{
    ++compared_;
    missing_.emplace(expected.position,
                     expectation{digest_of(expected.value), std::string(sink::attribute_of(as_read(expected), "id")),
                                 expected.topic});
}

void comparison::come_in_vain(found_event const& found)
{
    auto const content = digest_of(found.content.value);
    std::string id(sink::attribute_of(found.content, "id"));
    if (!found.at) {
        add({fault_kind::foreign, {}, std::move(id), found.from->name});
        return;
    }
    auto const awaited = missing_.find(found.at->position);
    if (awaited == missing_.end() || found.at->epoch != epoch_ || awaited->second.content != content) {
        auto const [at, fresh] = vain_.try_emplace({*found.at, content}, vain_events{std::move(id), found.from->name});
        ++at->second.count;
        return;
    }
    missing_.erase(awaited);
    add({fault_kind::out_of_order, sink::mark_text(*found.at), std::move(id), found.from->name});
}

void comparison::look_again(found_event const& found)
{
    if (!found.at)
        return;
    auto const alike = vain_.lower_bound({*found.at, {}});
    if (alike == vain_.end() || alike->first.first != *found.at)
        return;
    if (auto const same = vain_.find({*found.at, digest_of(found.content.value)}); same != vain_.end())
        ++same->second.in_sink;
}

// Where the sink has more of them than came in vain, one was expected.
void comparison::settle()
{
    for (auto const& [key, each] : vain_)
        for (std::uint64_t nth = 0; nth < each.count; ++nth)
            add({each.in_sink > each.count ? fault_kind::doubled : fault_kind::foreign, sink::mark_text(key.first),
                 each.id, each.where});
    for (auto const& [at, each] : missing_)
        add({fault_kind::missing, sink::mark_text({epoch_, at}), each.id, std::string(event::topic_name(each.topic))});
    vain_.clear();
    missing_.clear();
}

bool comparison::any_fault() const
{
    return std::any_of(counts_.begin(), counts_.end(), [](auto count) { return count != 0; });
}

void comparison::add(fault what)
{
    ++counts_[static_cast<std::size_t>(what.kind)];
    if (faults_.size() < listed_max)
        faults_.push_back(std::move(what));
}

}  // namespace bbstream::flow
