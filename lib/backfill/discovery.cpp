#include "backfill/discovery.hpp"

#include "backfill/description.hpp"
#include "backfill/meta.hpp"
#include "config/selection.hpp"
#include "normalize/observation.hpp"
#include "observe/log.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

constexpr unsigned not_found = 404;
constexpr std::size_t missing_by_chance = 10;

}  // namespace

bool is_alarming(std::size_t missing, std::size_t known)
{
    return missing >= missing_by_chance && missing * 100 > known;
}

discovery::discovery(config::instance const& of, api const& with, rest::client& client, recorder& recorder,
                     sleeper& until_stop, std::chrono::seconds grace, observe::metrics& metrics)
    : instance_(of),
      api_(with),
      client_(client),
      recorder_(recorder),
      until_stop_(until_stop),
      grace_(grace),
      missing_(metrics.make_gauge("bbstream_backfill_repositories_missing",
                                  "Known repositories that the last listing of all did not show",
                                  {{"instance", of.name}}))
{
}

net::task<void> discovery::take(listing what)
{
    if (!what.found.empty()) {
        seen_ = what.found.front().path;
        seen_id_ = what.found.front().id;
    }
    for (auto const at : what.seen.unknown) {
        auto const& each = what.found[at];
        bool const kept = co_await keep(each, what.asof, each.made > what.newest, true, each.whole, grace_);
        if (!kept)
            co_return;
    }
    std::vector<repository> doubted;
    for (auto const at : what.seen.different) {
        auto const& each = what.found[at];
        if (!in_doubt_.insert(each.id).second)
            continue;
        doubted.push_back(each);
        bool const kept = co_await keep(each, what.asof, false, true, each.whole, grace_);
        if (!kept)
            co_return;
    }
    std::vector<normalize::known_repository> missing;
    for (auto const& each : what.seen.unlisted)
        if (is_wanted(each))
            missing.push_back(each);
    if (what.complete)
        missing_.set(static_cast<double>(missing.size()));
    bool const others = !what.found.empty();
    what.found = {};  // what comes now may take long, and does not need all of them
    if (!doubted.empty())
        co_await until_stop_.sleep(grace_);
    for (auto const& each : doubted) {
        if (!until_stop_.stopped())
            co_await look_again(each, what.newest);
        in_doubt_.erase(each.id);
    }
    if (!missing.empty() && others)
        co_await seek(std::move(missing), what.seen.known);
}

net::task<void> discovery::look_again(repository of, std::int64_t newest)
{
    auto const asof = recorder_.last();
    auto const answer = co_await get(of.path);
    auto const now = answer && answer->ok() ? api_.read_repository(answer->body) : failure{};
    if (now && now->id == of.id)
        co_await keep(*now, asof, now->made > newest, true, now->whole, grace_);
}

// What a listing of all lacks may have slipped between two of its pages: each is asked for by itself, twice.
net::task<void> discovery::seek(std::vector<normalize::known_repository> missing, std::size_t known)
{
    if (is_alarming(missing.size(), known)) {
        observe::error(
            "so many repositories are missing at once that none is taken for deleted: what may the "
            "credential see?",
            {{"instance", instance_.name}, {"missing", missing.size()}, {"known", known}});
        co_return;
    }
    auto const absence = grace_ * absence_graces;
    for (unsigned look = 0; look < 2 && !missing.empty(); ++look) {
        if (look > 0)
            co_await until_stop_.sleep(absence);
        std::vector<normalize::known_repository> still;
        for (auto const& each : missing) {
            if (until_stop_.stopped())
                co_return;
            bool const there = co_await is_found(each);
            if (!there)
                still.push_back(each);
        }
        missing = std::move(still);
    }
}

// Also where it can't be said. An answer that is not there counts only while another repository is.
net::task<bool> discovery::is_found(normalize::known_repository const& which)
{
    auto const asof = recorder_.last();
    auto const answer = co_await get(api_.repository_path(which.id, which.full_name));
    if (!answer)
        co_return true;
    auto const now = answer->ok() ? api_.read_repository(answer->body) : failure{};
    if (now && now->id == which.id) {
        co_await keep(*now, asof, false, true, now->whole, grace_);
        co_return true;
    }
    bool const gone = answer->status == not_found || now;  // another one has its name now
    if (!gone)
        co_return true;
    bool const others = co_await others_are_seen(which.id);
    if (!others)
        co_return true;
    repository absent;
    absent.id = which.id;
    absent.full_name = which.full_name;
    absent.described = bare_description(instance_.platform, which.id, which.full_name);
    co_await keep(absent, asof, false, false, answer->body, grace_ * absence_graces);
    co_return false;
}

net::task<bool> discovery::others_are_seen(std::string_view but)
{
    if (seen_.empty() || seen_id_ == but)
        co_return false;
    auto const answer = co_await get(seen_);
    co_return answer && answer->ok();
}

net::task<std::optional<rest::response>> discovery::get(std::string target)
{
    rest::request what;
    what.target = std::move(target);
    what.urgency = rest::priority::backfill;
    auto answer = co_await client_.send(std::move(what));
    if (!answer)
        co_return std::nullopt;
    co_return std::move(*answer);
}

net::task<bool> discovery::keep(repository const& of, std::uint64_t asof, bool fresh, bool found, std::string body,
                                std::chrono::seconds grace)
{
    page_meta meta;
    meta.asof = asof;
    meta.grace_seconds = static_cast<std::uint64_t>(grace.count());
    meta.fresh = fresh;
    answer_record record{journal::origin::poll, normalize::repository_key, repository_meta(of, meta, found),
                         std::move(body)};
    auto const sequence = co_await recorder_.append(std::move(record));
    co_return sequence.has_value();
}

// The configuration may have come to leave it out.
bool discovery::is_wanted(normalize::known_repository const& which) const
{
    bool const of_project = which.project_key.empty() || config::is_in_projects(instance_, which.project_key);
    return of_project && config::is_selected(instance_, which.full_name);
}

}  // namespace bbstream::backfill
