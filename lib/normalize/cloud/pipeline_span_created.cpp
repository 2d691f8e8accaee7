// pipeline:span_created: resourceSpans[].scopeSpans[].spans[], of which runs and steps are events; and the
// whole of it is one more, for those who want all spans as they are.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/pipeline.hpp"
#include "normalize/cloud/pipeline_end.hpp"
#include "normalize/envelope.hpp"

#include <span>

namespace bbstream::normalize::cloud {

namespace {

// A delivery of Cloud has 256 KiB, which is some hundred spans. Lists that hold more than so many, with what holds
// them, are none.
constexpr std::size_t listed_spans_max = 10'000;

// Where spans are, each list in the elements of the one before.
constexpr std::string_view lists[] = {"resourceSpans", "scopeSpans", "spans"};

std::size_t count_listed(object const& of, std::span<std::string_view const> names)
{
    auto const list = names.empty() ? std::nullopt : array_member(of, names.front());
    if (!list)
        return 0;
    std::size_t count = list->size();
    for (element const each : *list)
        if (auto const holder = as_object(each))
            count += count_listed(*holder, names.subspan(1));
    return count;
}

class span_mapper {
   public:
    explicit span_mapper(mapping& in) : in_(in) {}

    void map()
    {
        if (!array_member(in_.body(), "resourceSpans")) {
            in_.add_unknown_without(in_.body(), "resourceSpans", "resourceSpans");
            return;
        }
        if (count_listed(in_.body(), lists) > listed_spans_max)
            in_.add_unknown({event::unknown_reason::type_mismatch, "resourceSpans: too many spans"});
        else
            map_listed();
        in_.add_spans();
    }

   private:
    void map_listed()
    {
        each_object(in_.body(), {}, "resourceSpans", [&](element const& sent, std::string_view at) {
            auto const resource = *as_object(sent);
            auto const shared = resource_attributes(resource);
            each_object(resource, at, "scopeSpans", [&](element const& scope, std::string_view scope_at) {
                each_object(*as_object(scope), scope_at, "spans", [&](element const& one, std::string_view one_at) {
                    map_span(span(*as_object(one), shared), one, one_at);
                });
            });
        });
        if (!told_)
            in_.count_empty();
    }

    // What stands where an object should is kept; an empty list may be left out.
    template <class Use>
    void each_object(object const& of, std::string_view at, std::string_view name, Use use)
    {
        auto const found = member(of, name);
        if (!found)
            return;
        auto const place = in_.memory().join({at, at.empty() ? "" : "/", name});
        auto const list = array_member(of, name);
        if (!list) {
            complain(event::unknown_reason::type_mismatch, place, *found, place);
            return;
        }
        std::size_t index = 0;
        for (element const each : *list) {
            auto const position = in_.memory().join({place, "/", std::to_string(index++)});
            if (as_object(each))
                use(each, position);
            else
                complain(event::unknown_reason::type_mismatch, position, each, position);
        }
    }

    void map_span(span const& from, element const& sent, std::string_view position)
    {
        auto const kind = from.kind();
        if (kind == span_kind::other)
            return;
        auto const which = kind == span_kind::run ? attribute::pipeline : attribute::step;
        auto const id = from.uuid(which, in_.memory());
        auto const* where = id ? delivery_of(from) : nullptr;
        if (!where) {
            auto const lacking = name_of(id ? attribute::repository : which);
            complain(event::unknown_reason::missing_fields, in_.memory().join({position, ": ", lacking}), sent,
                     position);
            return;
        }
        told_ = true;
        if (kind == span_kind::run)
            add_run(*where, from, *id);
        else
            add_step(*where, from, *id);
    }

    void add_run(event::delivery const& where, span const& from, std::string_view pipeline)
    {
        auto const* run = in_.memory().keep(read_run(from, pipeline, in_.memory()));
        auto* made =
            add_span_end(in_, {ending::run, pipeline, run->run_number, run->finished_at}, where.repository->id);
        if (!made)
            return;
        made->delivery = &where;
        made->data = event::pipeline_run_fact{run};
    }

    void add_step(event::delivery const& where, span const& from, std::string_view step)
    {
        auto const* task = in_.memory().keep(read_step(from, step, in_.memory()));
        auto* made = add_span_end(in_, {ending::step, step, task->run_number, task->finished_at}, where.repository->id);
        if (!made)
            return;
        made->delivery = &where;
        made->data = event::task_run_finished{task};
    }

    // Spans know their repository and its workspace by their ids only, and may be of several repositories.
    event::delivery const* delivery_of(span const& from)
    {
        auto const sent = from.uuid(attribute::repository, in_.memory());
        auto const workspace = from.uuid(attribute::account, in_.memory());
        auto const* known = in_.delivery().repository;
        bool const elsewhere = sent && (!known || known->id != *sent);
        if (!sent && !known)
            return nullptr;
        event::repository repository;
        if (!elsewhere)
            repository = *known;
        else
            repository.id = *sent;
        if (workspace && !repository.workspace)
            repository.workspace = {workspace, std::nullopt};
        auto where = in_.delivery();
        where.shared = nullptr;
        where.repository = in_.memory().keep(repository);
        if (elsewhere) {
            record_identity who;
            who.repository_id = sent;
            place(where, who, in_.memory());
        }
        return in_.memory().keep(where);
    }

    void complain(event::unknown_reason why, std::string_view what, element const& sent, std::string_view position)
    {
        told_ = true;
        in_.add_unknown_part(make_flaw(why, {}, what, in_.memory()), sent, position);
    }

    mapping& in_;
    bool told_ = false;
};

}  // namespace

void map_pipeline_span_created(mapping& in)
{
    span_mapper(in).map();
}

}  // namespace bbstream::normalize::cloud
