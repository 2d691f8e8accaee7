#include "daemon/command/bitbucket/show.hpp"

#include "daemon/command/bitbucket/errand.hpp"
#include "daemon/command/bitbucket/rows.hpp"
#include "daemon/command/complain.hpp"
#include "rest/cloud/issues.hpp"
#include "rest/jira/service.hpp"
#include "rest/walk.hpp"

namespace bbstream::command {
namespace {

// More than anyone reads; whole pages until there are as many.
constexpr std::size_t rows_max = 5'000;

struct named_rows {
    std::string_view name;
    rest::columns shows;
    std::vector<rest::row> rows;
    std::optional<failure> why_not_all;
};

std::string whole_json(rest::columns shows, rest::row const& cells, std::vector<named_rows> const& lists)
{
    auto text = row_json(shows, cells);
    text.pop_back();
    for (auto const& each : lists) {
        text += ",\"" + std::string(each.name) + "\":[";
        for (auto const& row : each.rows)
            text += (&row == each.rows.data() ? "" : ",") + row_json(each.shows, row);
        text += ']';
    }
    return text + "}\n";
}

std::string whole_text(rest::columns shows, rest::row const& cells, std::vector<named_rows> const& lists)
{
    auto text = thing_text(shows, cells);
    for (auto const& each : lists) {
        if (each.rows.empty())
            continue;
        row_table table(each.shows);
        text += '\n';
        for (auto const& row : each.rows)
            text += table.add(row);
        text += table.finish();
    }
    return text;
}

net::task<named_rows> some_rows(rest::client& over, std::string_view name, rest::listing what)
{
    named_rows some{name, what.shows, {}, {}};
    auto const add = [&](std::vector<rest::row> const& rows) {
        bool const enough = some.rows.size() >= rows_max;
        if (enough)
            some.why_not_all =
                failure{failure_kind::invalid, "there are more than the " + std::to_string(some.rows.size()) + ' ' +
                                                   std::string(name) + " that are shown"};
        else
            some.rows.insert(some.rows.end(), rows.begin(), rows.end());
        return !enough;
    };
    auto const listed = co_await rest::each_page(over, std::move(what), add);
    if (!listed)
        some.why_not_all = listed.error();
    co_return some;
}

struct wanted {
    rest::entity thing;
    std::string_view list_name;
    std::optional<rest::listing> list;
};

net::task<int> show_thing(rest::client& over, wanted what, bool json)
{
    auto const found = co_await rest::fetch(over, what.thing);
    if (!found)
        co_return complain_of(found.error());
    std::vector<named_rows> lists;
    for (std::size_t at = 0; at < what.thing.parts.size(); ++at)
        lists.push_back({what.thing.parts[at].name, what.thing.parts[at].shows, found->parts[at], std::nullopt});
    if (what.list) {
        auto more = co_await some_rows(over, what.list_name, *what.list);
        // A diff may be impossible (no common ancestor), or take Bitbucket too long: the rest is shown all the same.
        if (more.why_not_all)
            complain_of(*more.why_not_all);
        if (!more.why_not_all || !more.rows.empty())
            lists.push_back(std::move(more));
    }
    co_return print(json ? whole_json(what.thing.shows, found->cells, lists)
                         : whole_text(what.thing.shows, found->cells, lists));
}

result<wanted> choose(show_options const& options, rest::service const& of)
{
    if (options.what == showable::repository)
        return wanted{of.repository(options.repository()), {}, {}};
    if (options.what == showable::pull_request)
        return wanted{of.pull_request(options.repository(), options.id), "files",
                      of.changed_files(options.repository(), options.id)};
    auto one = of.pipeline(options.repository(), options.key);
    auto steps = of.steps(options.repository(), options.key);
    if (!one || !steps)
        return one ? steps.error() : one.error();
    return wanted{std::move(*one), "steps", std::move(*steps)};
}

net::task<int> show(place& here, show_options options)
{
    auto const what = choose(options, *here.bitbucket.service);
    if (!what)
        co_return complain_of(what.error());
    co_return co_await show_thing(*here.bitbucket.client, *what, options.json);
}

int show_issue(show_options const& options)
{
    auto const jira = [&](place& here) {
        wanted const what{rest::jira::issue(here.bitbucket.api_path, options.key), {}, {}};
        return show_thing(*here.bitbucket.client, what, options.json);
    };
    auto const own = [&](place& here) {
        wanted const what{rest::cloud::issue(here.bitbucket.api_path, options.repository(), options.key), {}, {}};
        return show_thing(*here.bitbucket.client, what, options.json);
    };
    return run_issue_errand(options, rest::role::reader, jira, own);
}

}  // namespace

int run_show(show_options const& options)
{
    if (options.what == showable::issue)
        return show_issue(options);
    return run_errand(options, rest::role::reader, [&](place& here) { return show(here, options); });
}

}  // namespace bbstream::command
