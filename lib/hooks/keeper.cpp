#include "hooks/keeper.hpp"

#include "hooks/hook_row.hpp"
#include "rest/actions.hpp"
#include "rest/json.hpp"

#include <algorithm>

namespace bbstream::hooks {
namespace {

std::string text_in(rest::cell const& value)
{
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    auto const* text = std::get_if<std::string>(&value);
    return text ? *text : std::string();
}

bool truth_in(rest::cell const& value, bool otherwise)
{
    auto const* truth = std::get_if<bool>(&value);
    return truth ? *truth : otherwise;
}

std::vector<std::string> split(std::string_view list)
{
    std::vector<std::string> all;
    while (!list.empty()) {
        auto const one = list.substr(0, list.find(','));
        all.emplace_back(one);
        list.remove_prefix(std::min(list.size(), one.size() + 1));
    }
    return all;
}

}  // namespace

rest::request keeper::creation(place const& where, content const& what) const
{
    return rest::change(rest::method::post, hooks_target(where).text(), body_of_new(what));
}

rest::request keeper::rewriting(place const& where, hook const& present, content const& what) const
{
    return rest::change(rest::method::put, hooks_target(where).segment(present.id).text(),
                        body_of_changed(present, what));
}

rest::request keeper::removal(place const& where, hook const& present) const
{
    return rest::change(rest::method::remove, hooks_target(where).segment(present.id).text());
}

std::unique_ptr<keeper> make_keeper(product of, std::string api_path)
{
    return of == product::cloud ? make_cloud_keeper(std::move(api_path)) : make_datacenter_keeper(std::move(api_path));
}

hook read_hook(rest::row const& cells)
{
    hook one;
    one.id = text_in(cells[id_cell]);
    one.url = text_in(cells[url_cell]);
    one.name = text_in(cells[name_cell]);
    one.active = truth_in(cells[active_cell], true);
    one.verifies = truth_in(cells[verifies_cell], true);
    if (auto const* told = std::get_if<bool>(&cells[has_secret_cell]))
        one.has_secret = *told;
    if (auto secret = text_in(cells[secret_cell]); !secret.empty())
        one.secret = std::move(secret);
    one.events = split(text_in(cells[events_cell]));
    one.created = text_in(cells[created_cell]);
    return one;
}

std::string read_id(std::string const& answer)
{
    rest::json_document document;
    auto const made = document.parse(answer);
    if (auto const uuid = made["uuid"].text())
        return std::string(*uuid);
    auto const number = made["id"].number();
    return number ? std::to_string(*number) : std::string();
}

}  // namespace bbstream::hooks
