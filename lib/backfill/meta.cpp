#include "backfill/meta.hpp"

#include "event/json_writer.hpp"

namespace bbstream::backfill {

namespace {

// All members but the last brace.
void begin(event::json_writer& to, repository const& of, page_meta const& page)
{
    to.begin_object();
    to.name<"repository">();
    to.out() += of.described;
    to.number<"asof">(page.asof);
    to.number<"page">(page.page);
    if (page.next)
        to.text<"next">(*page.next);
    if (page.date && *page.date > 0)
        to.number<"date">(static_cast<std::uint64_t>(*page.date));
    to.number<"grace">(page.grace_seconds);
    if (page.fresh)
        to.boolean<"fresh">(true);
    if (page.first_commits)
        to.boolean<"first_commits">(true);
    if (!page.request.empty())
        to.text<"request">(page.request);
    if (page.cut)
        to.boolean<"cut">(true);
}

template <class Rest>
std::string compose(repository const& of, page_meta const& page, Rest const& rest)
{
    std::string text;
    event::json_writer to(text);
    begin(to, of, page);
    rest(to);
    to.end_object();
    return text;
}

}  // namespace

std::string refs_meta(repository const& of, page_meta const& page)
{
    return compose(of, page, [](event::json_writer&) {});
}

std::string repository_meta(repository const& of, page_meta const& page, bool found)
{
    return compose(of, page, [&](event::json_writer& to) { to.boolean<"found">(found); });
}

std::string look_up_meta(repository const& of, page_meta const& page, std::string_view ref, bool found)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.text<"ref">(ref);
        to.boolean<"found">(found);
    });
}

std::string push_log_meta(repository const& of, page_meta const& page, std::string_view ref)
{
    return compose(of, page, [&](event::json_writer& to) { to.text<"ref">(ref); });
}

std::string pull_request_meta(repository const& of, page_meta const& page, std::uint64_t id, bool found)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.number<"id">(id);
        to.boolean<"found">(found);
    });
}

std::string statuses_meta(repository const& of, page_meta const& page, std::string_view commit, bool last)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.text<"commit">(commit);
        if (last)
            to.boolean<"last">(true);
    });
}

std::string pipeline_meta(repository const& of, page_meta const& page, std::string_view pipeline, bool found)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.text<"pipeline">(pipeline);
        to.boolean<"found">(found);
    });
}

std::string steps_meta(repository const& of, page_meta const& page, std::string_view pipeline, std::uint64_t run,
                       bool last)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.text<"pipeline">(pipeline);
        to.number<"run">(run);
        if (last)
            to.boolean<"last">(true);
    });
}

std::string deployment_meta(repository const& of, page_meta const& page, std::string_view deployment, bool found)
{
    return compose(of, page, [&](event::json_writer& to) {
        to.text<"deployment">(deployment);
        to.boolean<"found">(found);
    });
}

std::string commits_meta(repository const& of, page_meta const& page, std::vector<normalize::ref_hash> const& heads,
                         state::listing_end const& end)
{
    return compose(of, page, [&](event::json_writer& to) {
        if (end.most > 0) {
            to.number<"most">(end.most);
            to.boolean<"loss">(end.is_loss);
        }
        if (!page.told.empty()) {
            to.name<"told">();
            to.begin_array();
            for (auto const& each : page.told) {
                to.element();
                to.text_value(each);
            }
            to.end_array();
        }
        to.name<"heads">();
        to.begin_array();
        for (auto const& each : heads) {
            to.element();
            to.begin_object();
            to.text<"ref">(each.ref);
            to.text<"hash">(each.hash);
            to.end_object();
        }
        to.end_array();
    });
}

std::string outcome_meta(repository const& of, page_meta const& page, std::string_view outcome)
{
    return compose(of, page, [&](event::json_writer& to) { to.text<"outcome">(outcome); });
}

std::string history_meta(repository const& of, page_meta const& page, std::uint64_t since)
{
    std::string text;
    event::json_writer to(text);
    begin(to, of, page);
    to.number<"since">(since);
    to.end_object();
    return text;
}

std::string described_by_id(product platform, std::string_view id)
{
    std::string text = platform == product::cloud ? R"({"uuid":"{)" : R"({"id":)";
    text += id;
    return text += platform == product::cloud ? R"(}"})" : "}";
}

std::string inventory_meta(std::int64_t newest)
{
    std::string text;
    event::json_writer to(text);
    to.begin_object();
    to.number<"newest">(static_cast<std::uint64_t>(newest));
    to.end_object();
    return text;
}

}  // namespace bbstream::backfill
