// Hooks of Cloud: of repositories and of the workspace.
#include "event/json_writer.hpp"
#include "hooks/events.hpp"
#include "hooks/hook_row.hpp"
#include "hooks/keeper.hpp"
#include "rest/actions.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"

#include <array>

namespace bbstream::hooks {
namespace {

using rest::cell;
using rest::column;
using rest::json;
using rest::shown;

constexpr std::array<column, hook_cells> columns = {
    column{"id", shown::no, [](json const& of) { return rest::text_cell(of["uuid"]); }},
    column{"url", shown::no, [](json const& of) { return rest::text_cell(of["url"]); }},
    column{"name", shown::no, [](json const& of) { return rest::text_cell(of["description"]); }},
    column{"active", shown::no, [](json const& of) { return rest::boolean_cell(of["active"]); }},
    column{"verifies", shown::no,
           [](json const& of) { return cell(!of["skip_cert_verification"].boolean().value_or(false)); }},
    column{"has_secret", shown::no, [](json const& of) { return rest::boolean_cell(of["secret_set"]); }},
    column{"secret", shown::no, [](json const&) { return cell(); }},
    column{"events", shown::no, [](json const& of) { return rest::joined_cell(of["events"]); }},
    column{"created", shown::no, [](json const& of) { return rest::time_cell(of["created_at"]); }},
};

// What is left out of an update stays; an empty secret would take it away.
std::string body_of(content const& what)
{
    std::string body;
    event::json_writer to(body);
    to.begin_object();
    to.text<"type">("webhook_subscription");
    to.text<"description">(what.name);
    to.text<"url">(what.url);
    to.boolean<"active">(true);
    if (what.secret)
        to.text<"secret">(*what.secret);
    to.name<"events">();
    to.begin_array();
    for (auto const& each : what.events) {
        to.element();
        to.text_value(each);
    }
    to.end_array();
    to.end_object();
    return body;
}

class cloud_keeper : public keeper {
   public:
    explicit cloud_keeper(std::string api) : api_(std::move(api)) {}

    std::vector<level> levels() const override { return {level::workspace, level::repository}; }

    rest::listing hooks_of(place const& where) const override
    {
        return {at(where).query("pagelen", "100").text(), columns, rest::cloud::by_next};
    }

    rest::request creation(place const& where, content const& what) const override
    {
        return rest::change(rest::method::post, at(where).text(), body_of(what));
    }

    rest::request rewriting(place const& where, hook const& present, content const& what) const override
    {
        return rest::change(rest::method::put, at(where).segment(present.id).text(), body_of(what));
    }

    rest::request removal(place const& where, hook const& present) const override
    {
        return rest::change(rest::method::remove, at(where).segment(present.id).text());
    }

    rest::request events_request(level of) const override
    {
        rest::request one;
        one.target = rest::target(api_).path("/hook_events").segment(level_text(of)).query("pagelen", "100").text();
        return one;
    }

    std::vector<std::string> read_events(std::string const& answer) const override
    {
        rest::json_document document;
        std::vector<std::string> offered;
        for (auto const& each : document.parse(answer)["values"].elements())
            if (auto const key = each["event"].text())
                offered.emplace_back(*key);
        return cloud_events(offered);
    }

    std::size_t secret_bytes_max() const override { return 128; }

   private:
    rest::target at(place const& where) const
    {
        if (where.level == level::workspace)
            return rest::target(api_).path("/workspaces").segment(where.owner).path("/hooks");
        return rest::target(api_).path("/repositories").segment(where.owner).segment(where.slug).path("/hooks");
    }

    std::string const api_;
};

}  // namespace

std::unique_ptr<keeper> make_cloud_keeper(std::string api_path)
{
    return std::make_unique<cloud_keeper>(std::move(api_path));
}

}  // namespace bbstream::hooks
