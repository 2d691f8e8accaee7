#include "normalize/observed_statuses.hpp"

namespace bbstream::normalize {

namespace {

// What every hash of it has, as in ids.
constexpr std::size_t digits = 12;

state::key looks_key(mapping& in)
{
    return in.machine("statuses", {});
}

}  // namespace

std::optional<observed_status> read_observed_status(product platform, object const& from, std::string_view commit,
                                                    arena& memory)
{
    return platform == product::cloud ? cloud::read_observed_status(from, commit, memory)
                                      : datacenter::read_observed_status(from, commit, memory);
}

bool expects_statuses(mapping& in, std::string_view commit)
{
    return in.is_told(in.facts().commit(commit)) || in.remembered(looks_key(in));
}

void note_statuses_seen(mapping& in)
{
    in.remember(looks_key(in), 0);
}

void add_observed_status(mapping& in, observed_status const& seen, bool news)
{
    auto const& of = seen.status;
    auto const last = in.machine("status", {seen.commit.substr(0, digits), of.key});
    auto const before = in.remembered(last);
    if (before && *of.updated_at <= *before)
        return;
    in.remember(last, *of.updated_at);
    if (!before && !news)
        return;
    auto* made = in.add_once(event::type::buildstatus_reported,
                             in.facts().build_status(seen.commit, of.key, of.source_state, *of.updated_at),
                             in.memory().join({"commits/", seen.commit, "/statuses/", of.key}), of.updated_at);
    if (made)
        made->data = event::build_status_reported{in.memory().keep(of)};
}

}  // namespace bbstream::normalize
