// Records of any kind, through parse, fold and encoder: whatever comes in, each event that comes out is sound.
//
// An input is records with a record separator (0x1e) between them: "PLATFORM KEY\n" and the body.
#include "event/encode.hpp"
#include "http/json_body.hpp"
#include "normalize/fold.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <string_view>

using namespace bbstream;

namespace {

constexpr std::uint64_t state_bytes = 64 << 20;  // too much for an input to fill: what is forgotten may come again
constexpr char separator = '\x1e';

void require(bool held, char const* what)
{
    if (held)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

std::string_view cut(std::string_view& from, char at)
{
    auto const piece = from.substr(0, from.find(at));
    from.remove_prefix(std::min(piece.size() + 1, from.size()));
    return piece;
}

// Attributes come before the data, which may have members of the same names.
std::string_view attribute(std::string_view value, std::string const& name)
{
    auto const member = '"' + name + "\":\"";
    auto const at = value.find(member);
    if (at == std::string_view::npos || at > value.find(",\"data\":"))
        return {};
    value.remove_prefix(at + member.size());
    return value.substr(0, value.find('"'));
}

class folding {
   public:
    folding() { how_.headers = true; }

    void take(std::string_view text)
    {
        auto first = cut(text, '\n');
        auto const platform = cut(first, ' ');
        std::string const headers =
            "x-event-key:" + std::string(first) + "\nx-request-uuid:" + std::to_string(sequence_) + "\n";
        journal::record record;
        record.sequence = ++sequence_;
        record.received = 1'790'000'000'000'000 + static_cast<micros>(sequence_);
        record.product = platform == "datacenter" ? product::datacenter : product::cloud;
        record.instance = "fuzz";
        record.headers = headers;
        record.body = text;
        check(fold_.apply(record), record);
        // Another sequence and time, the same delivery.
        record.sequence = ++sequence_;
        require(fold_.apply(record).empty(), "a retry gives nothing");
    }

   private:
    void check(std::span<event::event const> events, journal::record const& record)
    {
        batch_.clear();
        for (auto const& each : events)
            event::encode(each, how_, record.received, batch_);
        auto const expected = std::ranges::count_if(
            events, [](auto const& each) { return !event::is_optional(event::topic_of(each.type)); });
        require(batch_.size() == static_cast<std::size_t>(expected), "each event is encoded");
        std::set<std::string> ids;
        for (std::size_t at = 0; at < batch_.size(); ++at)
            check(batch_[at], record, at, ids);
    }

    void check(event::encoded const& each, journal::record const& record, std::size_t at, std::set<std::string>& ids)
    {
        require(each.position == event::position{record.sequence, static_cast<std::uint32_t>(at)}, "positions count");
        require(each.value.size() <= event::record_bytes_max, "values are bounded");
        require(each.value.find('\n') == std::string_view::npos, "a value is one line");
        require(http::is_json_object(std::string(each.value)), "values are JSON");
        if (each.topic == event::topic::dlq)
            return;
        for (auto const* name : {"id", "source", "type", "time", "dataschema", "sequence", "partitionkey"})
            require(!attribute(each.value, name).empty(), name);
        require(ids.emplace(attribute(each.value, "id")).second, "ids of a record are distinct");
    }

    state::state state_{state_bytes};
    normalize::fold fold_{state_};
    event::encoding how_;
    event::batch batch_;
    std::uint64_t sequence_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    auto const in = std::make_unique<folding>();
    while (!rest.empty())
        in->take(cut(rest, separator));
    return 0;
}
