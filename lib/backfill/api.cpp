#include "backfill/api.hpp"

#include "backfill/cloud_api.hpp"
#include "backfill/datacenter_api.hpp"
#include "backfill/page.hpp"
#include "config/selection.hpp"
#include "net/web_address.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

std::string path_of(std::string const& api)
{
    auto const address = net::parse_web_address(api);
    auto path = address ? address->path : std::string();
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

}  // namespace

api::api(config::instance const& of) : instance_(of), base_(path_of(of.api)) {}

std::size_t commit_listing::forget(std::vector<std::string> const& unknown)
{
    goes_on = goes_on && std::ranges::find(unknown, exclude.front()) == unknown.end();
    auto const is_unknown = [&](std::string const& hash) { return std::ranges::find(unknown, hash) != unknown.end(); };
    return std::erase_if(heads, [&](auto const& each) { return is_unknown(each.hash); }) +
           std::erase_if(exclude, is_unknown);
}

commit_listing commit_listing::halve()
{
    auto const middle = heads.begin() + static_cast<std::ptrdiff_t>(heads.size() / 2);
    commit_listing given{{middle, heads.end()}, exclude, goes_on};
    heads.erase(middle, heads.end());
    return given;
}

// By the last word of its path, since Bitbucket may write out what comes before it in other words.
bool ref_listing::holds(std::string_view target) const
{
    auto const last_word = [](std::string_view of) {
        auto path = of.substr(0, of.find('?'));
        if (path.ends_with('/'))
            path.remove_suffix(1);
        return path.substr(path.rfind('/') + 1);
    };
    return last_word(target) == last_word(first);
}

result<repository_page> api::read_repositories(std::string_view text) const
{
    page read(text);
    auto const values = read.values();
    if (!values)
        return failure{failure_kind::invalid, "a page of repositories without its values"};
    repository_page found;
    for (auto const each : *values) {
        auto const fields = normalize::as_object(each);
        auto one = fields ? read_one(*fields, read.memory()) : std::nullopt;
        if (!one)
            continue;
        found.newest_change = std::max(found.newest_change, one->updated);
        found.newest_made = std::max(found.newest_made, one->made);
        if (config::is_selected(instance_, one->full_name))
            found.selected.push_back(std::move(*one));
    }
    return found;
}

result<repository> api::read_repository(std::string_view answer) const
{
    page read(answer);
    auto one = read.root() ? read_one(*read.root(), read.memory()) : std::nullopt;
    if (!one)
        return failure{failure_kind::invalid, "an answer that is no repository"};
    return std::move(*one);
}

std::optional<std::string> api::holders(repository const&, std::string_view) const
{
    return std::nullopt;
}

std::vector<std::string> api::open_heads(std::string_view text) const
{
    page const read(text);
    std::vector<std::string> heads;
    auto const values = read.values();
    if (!values)
        return heads;
    for (auto const each : *values) {
        auto const fields = normalize::as_object(each);
        bool const open = fields && normalize::filled_member(*fields, "state") == "OPEN";
        if (auto const head = open ? source_head(*fields) : std::nullopt)
            heads.emplace_back(*head);
    }
    return heads;
}

std::optional<std::string> nearer_head(std::vector<normalize::ref_hash> const& told,
                                       std::vector<std::string> const& tried, std::string_view answer)
{
    page const read(answer);
    auto const values = read.values();
    if (!values)
        return std::nullopt;
    for (auto const each : *values) {
        auto const fields = normalize::as_object(each);
        auto const ref = fields ? normalize::filled_member(*fields, "id") : std::nullopt;
        if (!ref)
            continue;
        auto const found = std::ranges::find(told, *ref, &normalize::ref_hash::ref);
        if (found != told.end() && std::ranges::find(tried, found->hash) == tried.end())
            return found->hash;
    }
    return std::nullopt;
}

std::unique_ptr<api> make_api(config::instance const& of)
{
    if (of.platform == product::cloud)
        return std::make_unique<cloud_api>(of);
    return std::make_unique<datacenter_api>(of);
}

}  // namespace bbstream::backfill
