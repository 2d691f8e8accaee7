// The typed event, as the fold gives it and the encoder takes it.
#pragma once

#include "base/product.hpp"
#include "base/time.hpp"
#include "event/batch.hpp"
#include "event/objects.hpp"
#include "event/uuid.hpp"
#include "journal/record.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace bbstream::event {

enum class type : std::uint8_t { ref_created, ref_updated, ref_deleted, commit_added, unknown_received, dead_letter };

topic topic_of(type which);

// Where an event's time comes from.
enum class time_basis : std::uint8_t { payload, rest, received };

// What the encoder makes of a delivery once for all of its events, for one encoding.
struct shared_text {
    std::string entities;  // {"repository":{...},"actor":{...}
    std::string traceparent;

    void clear()
    {
        entities.clear();
        traceparent.clear();
    }
};

// What all events of one record share.
struct delivery {
    bbstream::product product = bbstream::product::cloud;
    journal::origin origin = journal::origin::webhook;
    std::string_view instance;
    std::string_view event_key;
    std::string_view delivery_id;  // empty where there is none
    std::optional<std::uint32_t> attempt;
    micros received = 0;
    std::uint64_t sequence = 0;
    std::string_view traceparent;  // empty, or valid as W3C Trace Context says
    std::string_view tracestate;
    std::string_view partition_key;
    std::string_view source;
    event::repository const* repository = nullptr;
    event::actor const* actor = nullptr;
    shared_text* shared = nullptr;  // may be absent
};

struct commit_list {
    std::span<commit const> items;  // newest first, as both products send them
    std::optional<std::uint64_t> total;
    bool complete = false;
    bool cut = false;  // there were more than we keep
};

struct ref_change {
    event::ref ref;
    text old_sha;
    text new_sha;
    text new_commit_sha;
    commit const* head = nullptr;
    event::tag const* tag = nullptr;
    std::optional<bool> forced;
    std::optional<commit_list> commits;
    std::uint64_t push_index = 0;
    std::uint64_t push_count = 0;
};

struct commit_added {
    event::commit const* commit = nullptr;
    event::ref ref;
    std::uint64_t order = 0;  // in its push, oldest first
};

enum class unknown_reason : std::uint8_t { unknown_key, missing_fields, type_mismatch };

struct unknown_received {
    unknown_reason reason = unknown_reason::unknown_key;
    std::string_view detail;
    std::string_view payload;  // one line of JSON, or any bytes; empty when it is too large and stays in the journal
    bool payload_is_json = false;
    std::uint64_t payload_length = 0;  // as received
    std::string_view body_sha256;      // of the whole body, in hex
};

// Stands for events that can't be published; goes to the dead-letter topic.
struct dead_letter {
    std::string_view error;
};

struct event {
    bbstream::event::type type = type::unknown_received;
    bbstream::event::position position;
    uuid id;
    std::string_view subject;
    micros time = 0;
    time_basis basis = time_basis::received;
    bbstream::event::delivery const* delivery = nullptr;
    std::variant<ref_change, commit_added, unknown_received, dead_letter> data;
};

}  // namespace bbstream::event
