// Hooks of Data Center: of repositories and of projects.
#include "event/json_writer.hpp"
#include "hooks/events.hpp"
#include "hooks/hook_row.hpp"
#include "hooks/keeper.hpp"
#include "rest/actions.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"

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
    column{"id", shown::no, [](json const& of) { return rest::number_cell(of["id"]); }},
    column{"url", shown::no, [](json const& of) { return rest::text_cell(of["url"]); }},
    column{"name", shown::no, [](json const& of) { return rest::text_cell(of["name"]); }},
    column{"active", shown::no, [](json const& of) { return rest::boolean_cell(of["active"]); }},
    column{"verifies", shown::no,
           [](json const& of) { return cell(of["sslVerificationRequired"].boolean().value_or(true)); }},
    column{"has_secret", shown::no, [](json const& of) { return secret_of(of).empty() ? cell() : cell(true); }},
    column{"secret", shown::no, [](json const& of) { return cell(std::string(secret_of(of))); }},
    column{"events", shown::no, [](json const& of) { return rest::joined_cell(of["events"]); }},
    column{"created", shown::no, [](json const& of) { return rest::time_cell(of["createdDate"]); }},
};

// An update replaces the whole hook, so that all of it has to be said.
std::string body_of(content const& what, std::optional<std::string> const& secret, bool verifies)
{
    std::string body;
    event::json_writer to(body);
    to.begin_object();
    to.text<"name">(what.name);
    to.text<"url">(what.url);
    to.boolean<"active">(true);
    to.boolean<"sslVerificationRequired">(verifies);
    to.name<"configuration">();
    to.begin_object();
    if (secret)
        to.text<"secret">(*secret);
    to.end_object();
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

class datacenter_keeper : public keeper {
   public:
    explicit datacenter_keeper(std::string base) : api_(std::move(base) + "/rest/api/latest") {}

    std::vector<level> levels() const override { return {level::project, level::repository}; }

    rest::listing hooks_of(place const& where) const override
    {
        return {at(where).query("limit", "1000").text(), columns, rest::datacenter::by_start};
    }

    rest::request creation(place const& where, content const& what) const override
    {
        return rest::change(rest::method::post, at(where).text(), body_of(what, what.secret, true));
    }

    rest::request rewriting(place const& where, hook const& present, content const& what) const override
    {
        return rest::change(rest::method::put, at(where).segment(present.id).text(),
                            body_of(what, what.secret ? what.secret : present.secret, present.verifies));
    }

    rest::request removal(place const& where, hook const& present) const override
    {
        return rest::change(rest::method::remove, at(where).segment(present.id).text());
    }

    rest::request events_request(level) const override
    {
        rest::request one;
        one.target = rest::target(api_).path("/application-properties").text();
        return one;
    }

    std::vector<std::string> read_events(std::string const& answer) const override
    {
        rest::json_document document;
        return datacenter_events(document.parse(answer)["version"].text().value_or(""));
    }

    std::size_t secret_bytes_max() const override { return 255; }

   private:
    rest::target at(place const& where) const
    {
        auto of = rest::target(api_).path("/projects").segment(where.owner);
        if (where.level == level::repository)
            of.path("/repos").segment(where.slug);
        return std::move(of).path("/webhooks");
    }

    std::string const api_;
};

}  // namespace

std::unique_ptr<keeper> make_datacenter_keeper(std::string api_path)
{
    return std::make_unique<datacenter_keeper>(std::move(api_path));
}

}  // namespace bbstream::hooks
