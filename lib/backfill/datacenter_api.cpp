#include "backfill/datacenter_api.hpp"

#include "backfill/description.hpp"
#include "backfill/page.hpp"
#include "normalize/observation.hpp"
#include "normalize/observed_refs.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/target.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::backfill {

namespace {

constexpr unsigned bad_request = 400;
constexpr unsigned not_found = 404;
constexpr std::string_view page_limit = "1000";
// Heads to leave out that are tried one after the other.
constexpr std::size_t exclude_max = 16;
// Refs that begin at one commit, in one listing: its record holds their names.
constexpr std::size_t heads_max = 100;

// Where nothing has told which branch is the default one.
constexpr std::string_view usual_main = "refs/heads/main";
constexpr std::string_view usual_master = "refs/heads/master";

std::string refs_target(std::string const& path)
{
    return rest::target(path).query("orderBy", "ALPHABETICAL").query("limit", page_limit).text();
}

// Of PROJECT/SLUG below one of the product's APIs.
rest::target repository_target(std::string const& below, std::string_view full_name)
{
    auto const slash = std::min(full_name.find('/'), full_name.size());
    rest::target at(below + "/projects");
    at.segment(full_name.substr(0, slash)).path("/repos");
    at.segment(full_name.substr(std::min(slash + 1, full_name.size())));
    return at;
}

// Errors bear the name of an exception.
bool says(rest::response const& refused, std::string_view exception)
{
    return refused.body.find(exception) != std::string::npos;
}

std::optional<std::int64_t> parse_integer(std::string_view text)
{
    std::int64_t value = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace

datacenter_api::datacenter_api(config::instance const& of)
    : api(of), core_(base_ + "/rest/api/latest"), statuses_base_(base_ + "/rest/build-status/latest/commits")
{
}

std::vector<std::string> datacenter_api::repository_listings(micros) const
{
    std::vector<std::string> all;
    for (auto const& key : instance_.projects)
        all.push_back(rest::target(core_ + "/projects").segment(key).path("/repos").query("limit", page_limit).text());
    if (all.empty())
        all.push_back(rest::target(core_ + "/repos").query("archived", "ALL").query("limit", page_limit).text());
    return all;
}

std::optional<repository> datacenter_api::read_one(normalize::object const& fields, normalize::arena& memory) const
{
    auto const id = normalize::id_member(fields, "id", memory);
    auto const slug = normalize::filled_member(fields, "slug");
    auto const project = normalize::object_member(fields, "project");
    auto const key = project ? normalize::filled_member(*project, "key") : std::nullopt;
    if (!id || !slug || !key)
        return std::nullopt;
    repository one;
    one.id = *id;
    one.full_name = std::string(*key) + "/" + std::string(*slug);
    one.path = repository_path(one.id, one.full_name);
    one.whole = simdjson::minify(fields);
    describe(one, product::datacenter, fields, memory);
    one.made = parse_integer(*id).value_or(0);
    return one;
}

std::string datacenter_api::repository_path(std::string_view, std::string_view full_name) const
{
    return repository_target(core_, full_name).text();
}

std::vector<ref_listing> datacenter_api::ref_listings(repository const& of) const
{
    return {{refs_target(of.path + "/branches"), normalize::branches_key},
            {refs_target(of.path + "/tags"), normalize::tags_key}};
}

// A branch can't be asked for by its name: it is sought among those whose name holds its own, and would come first.
std::string datacenter_api::one_ref(repository const& of, std::string_view full_name) const
{
    auto const ref = normalize::ref_of_name(full_name);
    if (ref.type == "tag")
        return rest::target(of.path + "/tags").segment(ref.short_name).text();
    return rest::target(of.path + "/branches")
        .query("filterText", ref.short_name)
        .query("boostMatches", "true")
        .query("orderBy", "ALPHABETICAL")
        .query("limit", page_limit)
        .text();
}

result<std::optional<std::string>> datacenter_api::read_ref(rest::response const& answer,
                                                            std::string_view full_name) const
{
    if (answer.status == not_found)
        return std::optional<std::string>();
    page const read(answer.body);
    if (!answer.ok() || !read.root())
        return failure{failure_kind::unavailable, "status " + std::to_string(answer.status)};
    auto const values = read.values();
    if (!values)
        return std::optional(answer.body);
    for (auto const each : *values) {
        auto const fields = normalize::as_object(each);
        if (fields && normalize::filled_member(*fields, "id") == full_name)
            return std::optional(simdjson::minify(each));
    }
    return std::optional<std::string>();
}

// One head each, and what is left out: where the ref stood, else the default branch, else any; only the first one
// counts, and where that is gone the next.
std::vector<commit_listing> datacenter_api::commit_listings(repository const& of,
                                                            std::vector<normalize::ref_hash> const& include,
                                                            std::vector<normalize::ref_hash> const& exclude) const
{
    auto const stood = [&](std::string_view ref) {
        return std::ranges::find_if(exclude, [&](auto const& each) { return each.ref == ref; });
    };
    std::vector<commit_listing> all;
    for (auto const& each : include) {
        auto const same = std::ranges::find_if(
            all, [&](auto const& one) { return one.heads.front().hash == each.hash && one.heads.size() < heads_max; });
        if (same != all.end()) {
            same->heads.push_back(each);
            continue;
        }
        auto left_out = stood(each.ref);
        bool const goes_on = left_out != exclude.end();
        for (std::string_view const usual : {std::string_view(of.default_ref), usual_main, usual_master})
            if (left_out == exclude.end())
                left_out = stood(usual);
        if (left_out == exclude.end())
            left_out = exclude.begin();
        commit_listing one{{each}, {}, goes_on};
        if (left_out != exclude.end())
            one.exclude.push_back(left_out->hash);
        for (auto const& other : exclude)
            if (one.exclude.size() < exclude_max && std::ranges::find(one.exclude, other.hash) == one.exclude.end())
                one.exclude.push_back(other.hash);
        all.push_back(std::move(one));
    }
    return all;
}

rest::request datacenter_api::commits(repository const& of, commit_listing const& what) const
{
    auto listing = rest::target(of.path + "/commits").query("until", what.heads.front().hash);
    if (!what.exclude.empty())
        listing.query("since", what.exclude.front());
    rest::request ask;
    ask.target = listing.query("limit", page_limit).text();
    return ask;
}

std::optional<std::string> datacenter_api::holders(repository const& of, std::string_view commit) const
{
    return repository_target(base_ + "/rest/branch-utils/latest", of.full_name)
        .path("/branches/info")
        .segment(commit)
        .query("limit", page_limit)
        .text();
}

bool datacenter_api::all_older(std::string_view text, micros than) const
{
    return all_before(page(text), "committerTimestamp", than);
}

bool datacenter_api::is_about_repository(rest::response const& refused) const
{
    return refused.status == not_found && (says(refused, "NoSuchRepository") || says(refused, "NoSuchProject"));
}

// It does not say which: an old head that is gone is likelier than one that was just seen.
std::vector<std::string> datacenter_api::unknown_commits(rest::response const& answer, commit_listing const& what) const
{
    bool const unresolved = answer.status == bad_request && says(answer, "NoSuchCommit");
    if ((answer.status != not_found || is_about_repository(answer)) && !unresolved)
        return {};
    return {what.exclude.empty() ? what.heads.front().hash : what.exclude.front()};
}

result<std::optional<std::string>> datacenter_api::next_page(std::string_view target, std::string_view text) const
{
    return next_of(target, text, rest::datacenter::by_start);
}

}  // namespace bbstream::backfill
