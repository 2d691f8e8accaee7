// Hooks of Cloud: of repositories and of the workspace.
#include "event/json_object.hpp"
#include "hooks/events.hpp"
#include "hooks/hook_row.hpp"
#include "hooks/keeper.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/member_cell.hpp"

#include <array>

namespace bbstream::hooks {
namespace {

using rest::cell;
using rest::column;
using rest::json;
using rest::shown;

constexpr std::array<column, hook_cells> columns = {
    column{"id", shown::no, rest::cell_at<rest::text_cell, "uuid">},
    column{"url", shown::no, rest::cell_at<rest::text_cell, "url">},
    column{"name", shown::no, rest::cell_at<rest::text_cell, "description">},
    column{"active", shown::no, rest::cell_at<rest::boolean_cell, "active">},
    column{"verifies", shown::no,
           [](json const& of) { return cell(!of["skip_cert_verification"].boolean().value_or(false)); }},
    column{"has_secret", shown::no, rest::cell_at<rest::boolean_cell, "secret_set">},
    column{"secret", shown::no, rest::no_cell},
    column{"events", shown::no, rest::cell_at<rest::joined_cell, "events">},
    column{"created", shown::no, rest::cell_at<rest::time_cell, "created_at">},
};

// What is left out of an update stays; an empty secret would take it away.
std::string body_of(content const& what)
{
    return event::object_of([&](event::json_writer& to) {
        to.text<"type">("webhook_subscription");
        to.text<"description">(what.name);
        to.text<"url">(what.url);
        to.boolean<"active">(true);
        if (what.secret)
            to.text<"secret">(*what.secret);
        event::write_list<"events">(to, what.events);
    });
}

class cloud_keeper : public keeper {
   public:
    explicit cloud_keeper(std::string api) : api_(std::move(api)) {}

    std::vector<level> levels() const override { return {level::workspace, level::repository}; }

    rest::listing hooks_of(place const& where) const override
    {
        return {hooks_target(where).query("pagelen", "100").text(), columns, rest::cloud::by_next};
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
    rest::target hooks_target(place const& where) const override
    {
        if (where.level == level::workspace)
            return rest::target(api_).path("/workspaces").segment(where.owner).path("/hooks");
        return rest::cloud::repository_target(api_, {where.owner, where.slug}).path("/hooks");
    }
    std::string body_of_new(content const& what) const override { return body_of(what); }
    std::string body_of_changed(hook const&, content const& what) const override { return body_of(what); }

    std::string const api_;
};

}  // namespace

std::unique_ptr<keeper> make_cloud_keeper(std::string api_path)
{
    return std::make_unique<cloud_keeper>(std::move(api_path));
}

}  // namespace bbstream::hooks
