// Encoded events on their way to a sink, many in one piece of memory.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::event {

// The topics of the contract that events go to; a sink adds its prefix.
enum class topic : std::uint8_t {
    repository,
    commit,
    pullrequest,
    build,
    issue,
    project,
    security,
    unknown,
    dlq,
    system,
    otlpspans,  // these two are optional: the configuration asks for them ([events])
    cdevents
};

inline constexpr std::size_t topic_count = static_cast<std::size_t>(topic::cdevents) + 1;

constexpr bool is_optional(topic which)
{
    return which == topic::otlpspans || which == topic::cdevents;
}

// By their numbers.
using topic_set = std::bitset<topic_count>;

// All but the optional ones.
topic_set usual_topics();

inline bool holds(topic_set const& topics, topic which)
{
    return topics.test(static_cast<std::size_t>(which));
}

// "repository.v1" and so on: the topic's name without its prefix.
std::string_view topic_name(topic which);

// Where an event stands among all events of a journal: its record and its place among that record's events.
struct position {
    std::uint64_t sequence = 0;
    std::uint32_t index = 0;
    friend auto operator<=>(position const&, position const&) = default;
};

// "0001.0000000000000001042.000003": epoch, journal sequence, index; 31 characters that sort as the events do.
void append_sequence(std::string& out, std::uint32_t epoch, position at);

struct encoded {
    event::topic topic = topic::unknown;
    event::position position;
    std::string_view key;      // the partition key
    std::string_view value;    // the structured CloudEvent, one JSON object without line breaks
    std::string_view headers;  // name NUL value NUL ...; empty where the sink wants none
};

// Append-only. Views that operator[] gives are valid until the next append or clear.
class batch {
   public:
    // Starts an event; what is appended to bytes() until finish() is its key, then value, then headers.
    std::string& bytes() { return bytes_; }
    void begin(event::topic topic, event::position position);
    void end_key();
    void end_value();
    void end_headers();
    // Takes back the last event.
    void drop_last();
    // A value that its event has, but no header: it is too long for one, or holds control characters.
    void count_omitted_header() { ++omitted_headers_; }

    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    std::size_t byte_size() const { return bytes_.size(); }
    std::uint64_t omitted_headers() const { return omitted_headers_; }
    encoded operator[](std::size_t at) const;
    void clear();

   private:
    struct entry {
        event::topic topic;
        event::position position;
        std::size_t begin, key_end, value_end, end;
    };
    std::string bytes_;
    std::vector<entry> entries_;
    std::uint64_t omitted_headers_ = 0;
};

}  // namespace bbstream::event
