// Folding records in tests: one line a delivery, events back as text.
#pragma once

#include "event/encode.hpp"
#include "event/types.hpp"
#include "normalize/fold.hpp"
#include "normalize/polled.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::test {

inline constexpr micros day = micros(24) * 3600 * 1'000'000;
inline constexpr micros start_time = 1'787'565'600'041'000;  // 2026-08-24T10:00:00.041Z

struct delivery {
    std::string body;
    std::string event_key = "repo:push";
    std::string id = {};  // empty: none
    product platform = product::cloud;
    std::string instance = "cloud";
    micros received = start_time;
    journal::origin origin = journal::origin::webhook;
    std::string meta = {};  // of what REST answered
    bool polled = true;

    std::string headers() const
    {
        std::string text = "x-event-key:" + event_key + "\n";
        if (!id.empty())
            text += (platform == product::cloud ? "x-request-uuid:" : "x-request-id:") + id + "\n";
        if (!polled)
            text += normalize::unpolled_header;
        return text;
    }
};

// The events' values, encoded with fixed times.
inline std::vector<std::string> encode_all(std::span<event::event const> events, event::encoding const& how = {})
{
    event::batch batch;
    for (auto const& each : events)
        event::encode(each, how, start_time + 1000, batch);
    std::vector<std::string> values;
    for (std::size_t at = 0; at < batch.size(); ++at)
        values.emplace_back(batch[at].value);
    return values;
}

// "ref.updated": a CloudEvents type without its prefix and version.
inline std::string type_name(event::type which)
{
    std::string name(event::type_of(which).cloudevents_type);
    if (name.starts_with("dev.bbstream."))
        name.erase(0, std::string_view("dev.bbstream.").size());
    return name.substr(0, name.rfind(".v"));
}

// A state with a fold on it, and the sequence of the next record.
struct folder {
    std::unique_ptr<state::state> state = std::make_unique<state::state>(64 << 20);
    std::unique_ptr<normalize::fold> fold = std::make_unique<normalize::fold>(*state);
    std::uint64_t next = 1;

    std::span<event::event const> apply_at(std::uint64_t sequence, delivery const& of)
    {
        headers_ = of.headers();
        body_ = of.body;
        instance_ = of.instance;
        meta_ = of.meta;
        journal::record record;
        record.sequence = sequence;
        record.received = of.received;
        record.product = of.platform;
        record.origin = of.origin;
        record.instance = instance_;
        record.headers = headers_;
        record.meta = meta_;
        record.body = body_;
        return fold->apply(record);
    }
    std::span<event::event const> apply(delivery const& of) { return apply_at(next++, of); }

    // "type subject" of each event.
    std::vector<std::string> kinds(delivery const& of)
    {
        std::vector<std::string> found;
        for (auto const& each : apply(of))
            found.push_back(type_name(each.type) + " " + std::string(each.subject));
        return found;
    }

   private:
    std::string headers_, meta_, body_, instance_;
};

inline std::string id_text(event::event const& of)
{
    std::string text;
    event::append_uuid(text, of.id);
    return text;
}

inline std::vector<std::string> ids_of(std::span<event::event const> events)
{
    std::vector<std::string> ids;
    for (auto const& each : events)
        ids.push_back(id_text(each));
    return ids;
}

// "type subject" of each.
inline std::vector<std::string> kinds_of(std::span<event::event const> events)
{
    std::vector<std::string> kinds;
    for (auto const& each : events)
        kinds.push_back(type_name(each.type) + " " + std::string(each.subject));
    return kinds;
}

inline std::vector<std::string> types_of(std::span<event::event const> events)
{
    std::vector<std::string> types;
    for (auto const& each : events)
        types.push_back(type_name(each.type));
    return types;
}

}  // namespace bbstream::test
