#include "normalize/retries.hpp"

#include "base/crc32c.hpp"
#include "base/hex.hpp"
#include "event/digest.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>
#include <array>

namespace bbstream::normalize {

namespace {

constexpr std::array cloud_keys = {
    "pullrequest:",
    "issue:",
    "repo:commit_status_",
    "pipeline:span_created",
};
// All that Data Center sends of its own; keys that it does not know may come from anywhere.
constexpr std::array datacenter_keys = {
    "repo:refs_changed",        "repo:modified",    "repo:forked",   "repo:comment:", "repo:secret_detected", "pr:",
    "mirror:repo_synchronized", "project:modified", "proj:modified",
};

arrival judge_id(event::delivery const& of, std::uint32_t body, state::seconds now, event::fact_name& scratch,
                 state::shard& in)
{
    scratch.begin("retry", of.instance).part(of.event_key).part(of.delivery_id);
    auto const before = in.see_delivery(state_key(scratch), body, now);
    if (before != state::seen::otherwise)
        return before == state::seen::alike ? arrival::repeated : arrival::fresh;
    scratch.part(std::uint64_t{body});
    return in.see_delivery(state_key(scratch), body, now) == state::seen::never ? arrival::reused_id
                                                                                : arrival::repeated;
}

}  // namespace

bool identical_bodies_are_one(product platform, std::string_view event_key)
{
    auto const matches = [&](std::string_view known) {
        return known.ends_with(':') || known.ends_with('_') ? event_key.starts_with(known) : event_key == known;
    };
    return platform == product::cloud ? std::any_of(cloud_keys.begin(), cloud_keys.end(), matches)
                                      : std::any_of(datacenter_keys.begin(), datacenter_keys.end(), matches);
}

void hashed_body::set(std::string_view bytes)
{
    bytes_ = bytes;
    sha256_.clear();
}

std::string_view hashed_body::sha256()
{
    if (sha256_.empty())
        sha256_ = to_hex(event::sha256(bytes_));
    return sha256_;
}

std::uint32_t hashed_body::checksum() const
{
    return crc32c(0, bytes_.data(), bytes_.size());
}

arrival judge_arrival(event::delivery const& of, hashed_body& body, state::seconds now, event::fact_name& scratch,
                      state::shard& in)
{
    auto judged = arrival::fresh;
    if (!of.delivery_id.empty())
        judged = judge_id(of, body.checksum(), now, scratch, in);
    if (identical_bodies_are_one(of.product, of.event_key)) {
        scratch.begin("body", of.instance).part(of.event_key).part(body.sha256());
        if (in.see_delivery(state_key(scratch), 0, now) != state::seen::never)
            judged = arrival::repeated;
    }
    return judged;
}

}  // namespace bbstream::normalize
