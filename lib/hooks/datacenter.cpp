// Hooks of Data Center: of repositories and of projects.
#include "event/json_object.hpp"
#include "hooks/events.hpp"
#include "hooks/hook_row.hpp"
#include "hooks/keeper.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/datacenter/targets.hpp"
#include "rest/member_cell.hpp"

#include <array>

namespace bbstream::hooks {
namespace {

using rest::cell;
using rest::column;
using rest::json;
using rest::shown;

std::string_view secret_of(json const& hook)
{
    return hook["configuration"]["secret"].text().value_or("");
}

// Whether there is no secret, or the server keeps it to itself, can't be told apart.
constexpr std::array<column, hook_cells> columns = {
    column{"id", shown::no, rest::cell_at<rest::number_cell, "id">},
    column{"url", shown::no, rest::cell_at<rest::text_cell, "url">},
    column{"name", shown::no, rest::cell_at<rest::text_cell, "name">},
    column{"active", shown::no, rest::cell_at<rest::boolean_cell, "active">},
    column{"verifies", shown::no,
           [](json const& of) { return cell(of["sslVerificationRequired"].boolean().value_or(true)); }},
    column{"has_secret", shown::no, [](json const& of) { return secret_of(of).empty() ? cell() : cell(true); }},
    column{"secret", shown::no, [](json const& of) { return cell(std::string(secret_of(of))); }},
    column{"events", shown::no, rest::cell_at<rest::joined_cell, "events">},
    column{"created", shown::no, rest::cell_at<rest::time_cell, "createdDate">},
};

// An update replaces the whole hook, so that all of it has to be said.
std::string body_of(content const& what, std::optional<std::string> const& secret, bool verifies)
{
    return event::object_of([&](event::json_writer& to) {
        to.text<"name">(what.name);
        to.text<"url">(what.url);
        to.boolean<"active">(true);
        to.boolean<"sslVerificationRequired">(verifies);
        to.name<"configuration">();
        to.begin_object();
        if (secret)
            to.text<"secret">(*secret);
        to.end_object();
        event::write_list<"events">(to, what.events);
    });
}

class datacenter_keeper : public keeper {
   public:
    explicit datacenter_keeper(std::string base) : base_(std::move(base)) {}

    std::vector<level> levels() const override { return {level::project, level::repository}; }

    rest::listing hooks_of(place const& where) const override
    {
        return {hooks_target(where).query("limit", "1000").text(), columns, rest::datacenter::by_start};
    }

    rest::request events_request(level) const override
    {
        rest::request one;
        one.target = rest::datacenter::api_target(base_).path("/application-properties").text();
        return one;
    }

    std::vector<std::string> read_events(std::string const& answer) const override
    {
        rest::json_document document;
        return datacenter_events(document.parse(answer)["version"].text().value_or(""));
    }

    std::size_t secret_bytes_max() const override { return 255; }

   private:
    rest::target hooks_target(place const& where) const override
    {
        auto of = where.level == level::repository
                      ? rest::datacenter::repository_target(base_, {where.owner, where.slug})
                      : rest::datacenter::project_target(base_, where.owner);
        return std::move(of).path("/webhooks");
    }
    std::string body_of_new(content const& what) const override { return body_of(what, what.secret, true); }
    std::string body_of_changed(hook const& present, content const& what) const override
    {
        return body_of(what, what.secret ? what.secret : present.secret, present.verifies);
    }

    std::string const base_;
};

}  // namespace

std::unique_ptr<keeper> make_datacenter_keeper(std::string api_path)
{
    return std::make_unique<datacenter_keeper>(std::move(api_path));
}

}  // namespace bbstream::hooks
