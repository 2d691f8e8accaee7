#include "backfill/pipeline_targets.hpp"

#include "backfill/page.hpp"
#include "normalize/observed_pipelines.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// A pipeline takes some kilobytes, and few are new at once: the first look sees more of those that go on.
constexpr std::string_view first_page_length = "100";
constexpr std::string_view page_length = "30";
constexpr std::string_view steps_length = "100";

// Without the slash behind it some of these are not found.
rest::target pipelines_of(repository const& of)
{
    return rest::target(of.path + "/pipelines/");
}

rest::target one_of(repository const& of, std::string_view id)
{
    return rest::target(of.path + "/pipelines").segment("{" + std::string(id) + "}");
}

}  // namespace

std::string pipelines_target(repository const& of, normalize::pipelines_view const& known)
{
    return pipelines_of(of)
        .query("sort", "-created_on")
        .query("pagelen", known.baseline ? page_length : first_page_length)
        .text();
}

// What has no date may be new.
bool ends_pipelines(std::string_view text, normalize::pipelines_view const& known)
{
    if (!known.baseline)
        return true;
    page const read(text);
    auto const values = read.values();
    return values && std::ranges::all_of(*values, [&](normalize::element const& each) {
               auto const fields = normalize::as_object(each);
               auto const made = fields ? normalize::time_member(*fields, "created_on") : std::nullopt;
               return made && *made < known.watermark - normalize::pipelines_overlap;
           });
}

std::string pipeline_target(repository const& of, std::string_view id)
{
    return one_of(of, id).text();
}

std::string steps_target(repository const& of, std::string_view id)
{
    return one_of(of, id).path("/steps/").query("pagelen", steps_length).text();
}

// By counting: `next` forgets the order, or is not there.
result<std::optional<std::string>> next_pipelines_page(std::string const& target, std::string_view text)
{
    return next_of(target, text, rest::cloud::by_number);
}

}  // namespace bbstream::backfill
