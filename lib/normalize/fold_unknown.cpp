// The part of the fold that keeps what has no type, or not all that its type needs.
#include "event/base64.hpp"
#include "event/encode.hpp"
#include "event/facts.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/state_key.hpp"

#include <string>

namespace bbstream::normalize {

namespace {

std::string_view minified(std::string_view text, arena& memory)
{
    auto const to = memory.array<char>(text.size());
    std::size_t size = 0;
    if (simdjson::minify(text.data(), text.size(), to.data(), size) != simdjson::SUCCESS)
        return {};
    return {to.data(), size};
}

}  // namespace

void record_fold::add_unknown_body(flaw const& why, bool is_json)
{
    event::unknown_received data;
    data.reason = why.reason;
    data.detail = why.detail;
    data.payload_is_json = is_json;
    data.payload_length = record_->body.size();
    if (is_json && record_->body.size() <= event::payload_bytes_max)
        data.payload = minified(document_.text(), memory_);
    else if (!is_json && event::base64_size(record_->body.size()) <= event::payload_bytes_max)
        data.payload = record_->body;
    add_unknown(data, "-");
}

void record_fold::add_unknown_part(flaw const& why, element const& part, std::string_view position)
{
    auto const sent = simdjson::minify(part);
    event::unknown_received data;
    data.reason = why.reason;
    data.detail = why.detail;
    data.payload_is_json = true;
    data.payload_length = sent.size();
    if (sent.size() <= event::payload_bytes_max)
        data.payload = memory_.join({sent});
    add_unknown(data, position);
}

void record_fold::add_unknown(event::unknown_received data, std::string_view position)
{
    auto const delivery = delivery_id();
    auto const id = event::unknown_fact(name_, record_->instance, delivery, hashed_.sha256(), position);
    if (!shard_->publish_once(state_key(id), now_)) {
        ++counts_.repeated_deliveries;
        return;
    }
    count(data.reason);
    data.body_sha256 = hashed_.sha256();
    auto& made = add(event::type::unknown_received, id, memory_.join({"deliveries/", delivery}));
    set_time(made, std::nullopt);
    made.data = data;
}

std::string_view record_fold::delivery_id() const
{
    return delivery_.delivery_id.empty() ? std::string_view("-") : delivery_.delivery_id;
}

void record_fold::count(event::unknown_reason why)
{
    switch (why) {
        case event::unknown_reason::unknown_key:
            ++counts_.unknown_keys;
            break;
        case event::unknown_reason::missing_fields:
            ++counts_.missing_fields;
            break;
        case event::unknown_reason::type_mismatch:
            ++counts_.type_mismatches;
            break;
    }
}

}  // namespace bbstream::normalize
