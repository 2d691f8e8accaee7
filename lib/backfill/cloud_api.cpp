#include "backfill/cloud_api.hpp"

#include "backfill/description.hpp"
#include "backfill/page.hpp"
#include "normalize/observation.hpp"
#include "normalize/observed_refs.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

constexpr unsigned not_found = 404;
// How many heads a listing of commits may begin with, and leave out: what the service takes is not documented, and
// shows as a refusal.
constexpr std::size_t include_max = 100;
constexpr std::size_t exclude_max = 350;

constexpr std::string_view repository_fields =
    "next,values.uuid,values.slug,values.name,values.full_name,values.description,values.website,values.language,"
    "values.owner.uuid,"
    "values.created_on,values.updated_on,values.is_private,"
    "values.mainbranch.name,values.project.uuid,values.project.key,values.project.name,values.workspace.uuid,"
    "values.workspace.slug,values.parent.uuid,values.parent.full_name,values.links.html";
constexpr std::string_view ref_fields = "next,values.name,values.type,values.target.hash";

}  // namespace

std::vector<std::string> cloud_api::repository_listings(micros changed_since) const
{
    std::string wanted;
    for (auto const& key : instance_.projects)
        wanted += (wanted.empty() ? "project.key = \"" : " OR project.key = \"") + key + "\"";
    if (changed_since > 0) {
        std::string since;
        append_rfc3339(since, changed_since);
        wanted = (wanted.empty() ? "" : "(" + wanted + ") AND ") + "updated_on >= \"" + since + "\"";
    }
    auto listing = rest::target(base_ + "/repositories")
                       .segment(instance_.workspace)
                       .query("pagelen", "100")
                       .query("sort", changed_since > 0 ? "updated_on" : "created_on")
                       .query("fields", repository_fields);
    if (!wanted.empty())
        listing.query("q", wanted);
    return {listing.text()};
}

std::optional<repository> cloud_api::read_one(normalize::object const& fields, normalize::arena& memory) const
{
    auto const id = normalize::uuid_member(fields, "uuid", memory);
    auto const name = normalize::filled_member(fields, "full_name");
    if (!id || !name)
        return std::nullopt;
    repository one;
    one.id = *id;
    one.full_name = *name;
    one.path = repository_path(one.id, one.full_name);
    one.whole = simdjson::minify(fields);
    describe(one, product::cloud, fields, memory);
    if (auto const main = normalize::object_member(fields, "mainbranch"))
        if (auto const branch = normalize::filled_member(*main, "name"))
            one.default_ref = std::string(normalize::branch_prefix) + std::string(*branch);
    one.updated = normalize::time_member(fields, "updated_on").value_or(0);
    one.made = normalize::time_member(fields, "created_on").value_or(0);
    return one;
}

std::string cloud_api::repository_path(std::string_view id, std::string_view) const
{
    return rest::target(base_ + "/repositories")
        .segment(instance_.workspace)
        .segment("{" + std::string(id) + "}")
        .text();
}

// Branches and tags in one: each says which of them it is.
std::vector<ref_listing> cloud_api::ref_listings(repository const& of) const
{
    rest::target all(of.path + "/refs");
    all.query("pagelen", "100").query("sort", "name").query("fields", ref_fields);
    return {{all.text(), normalize::refs_key}};
}

std::string cloud_api::one_ref(repository const& of, std::string_view full_name) const
{
    auto const ref = normalize::ref_of_name(full_name);
    return rest::target(of.path + (ref.type == "tag" ? "/refs/tags" : "/refs/branches"))
        .segment(ref.short_name)
        .query("fields", "name,type,target.hash")
        .text();
}

result<std::optional<std::string>> cloud_api::read_ref(rest::response const& answer, std::string_view) const
{
    if (answer.status == not_found)
        return std::optional<std::string>();
    page const read(answer.body);
    if (!answer.ok() || !read.root() || !normalize::filled_member(*read.root(), "name"))
        return failure{failure_kind::unavailable, "status " + std::to_string(answer.status)};
    return std::optional(answer.body);
}

// All heads that are told are left out of every listing, the default branch first where they are too many.
std::vector<commit_listing> cloud_api::commit_listings(repository const& of,
                                                       std::vector<normalize::ref_hash> const& include,
                                                       std::vector<normalize::ref_hash> const& exclude) const
{
    std::vector<std::string> left_out;
    for (auto const& each : exclude)
        if (each.ref == of.default_ref)
            left_out.push_back(each.hash);
    for (auto const& each : exclude)
        if (left_out.size() < exclude_max && std::ranges::find(left_out, each.hash) == left_out.end())
            left_out.push_back(each.hash);
    std::vector<commit_listing> all;
    for (std::size_t at = 0; at < include.size(); at += include_max) {
        auto const first = include.begin() + static_cast<std::ptrdiff_t>(at);
        auto const count = static_cast<std::ptrdiff_t>(std::min(include_max, include.size() - at));
        all.push_back({{first, first + count}, left_out});
    }
    return all;
}

rest::request cloud_api::commits(repository const& of, commit_listing const& what) const
{
    rest::request ask;
    ask.how = rest::method::post;
    ask.reads = true;
    ask.target = of.path + "/commits?pagelen=100";
    ask.content_type = "application/x-www-form-urlencoded";
    for (auto const& each : what.heads)
        ask.body += (ask.body.empty() ? "include=" : "&include=") + each.hash;
    for (auto const& each : what.exclude)
        ask.body += "&exclude=" + each;
    return ask;
}

bool cloud_api::all_older(std::string_view text, micros than) const
{
    return all_before(page(text), "date", than);
}

std::vector<std::string> cloud_api::unknown_commits(rest::response const& answer, commit_listing const&) const
{
    std::vector<std::string> unknown;
    page const read(answer.body);
    auto const error = read.root() ? normalize::object_member(*read.root(), "error") : std::nullopt;
    auto const data = error ? normalize::object_member(*error, "data") : std::nullopt;
    auto const list = data ? normalize::array_member(*data, "shas") : std::nullopt;
    if (answer.status != not_found || !list)
        return unknown;
    for (auto const each : *list)
        if (auto const hash = normalize::as_text(each))
            unknown.emplace_back(*hash);
    return unknown;
}

result<std::optional<std::string>> cloud_api::next_page(std::string_view target, std::string_view text) const
{
    return next_of(target, text, rest::cloud::by_next);
}

}  // namespace bbstream::backfill
