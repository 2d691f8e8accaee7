#include "event/data_writer.hpp"

#include "event/repository_json.hpp"

namespace bbstream::event {

void data_writer::begin()
{
    auto* const shared = bare() ? nullptr : of_.delivery->shared;
    bool const alike = shared && !std::holds_alternative<project_fact>(of_.data);
    if (alike && !shared->entities.empty()) {
        to_.out() += shared->entities;
        to_.resume_object();
        return;
    }
    std::size_t const before = to_.out().size();
    to_.begin_object();
    write_subject();
    to_.name<"actor">();
    write_actor(to_, bare() ? nullptr : of_.delivery->actor);
    if (bare() && of_.delivery->actor)
        cut("/actor");
    if (alike)
        shared->entities.assign(to_.out(), before);
}

void data_writer::write_subject()
{
    if (auto const* of_project = std::get_if<project_fact>(&of_.data)) {
        to_.name<"project">();
        write_project_entity(*this, of_project->project, "/project");
    } else {
        to_.name<"repository">();
        write_repository_or_id();
    }
}

void data_writer::write_repository_or_id()
{
    auto const* known = of_.delivery->repository;
    if (!known) {
        to_.out() += "null";
    } else if (bare()) {
        repository only_id;
        only_id.id = known->id;
        write_repository(to_, only_id);
        cut("/repository");
    } else {
        write_repository(to_, *known);
    }
}

void data_writer::end()
{
    to_.name<"enrichment">();
    to_.out() += R"({"status":"none","fields":[]})";
    to_.name<"raw">();
    to_.begin_object();
    to_.number<"journal">(of_.delivery->sequence);
    to_.end_object();
    to_.name<"truncated">();
    to_.out().append("[").append(truncated_).append("]");
    to_.end_object();
}

void data_writer::cut(std::initializer_list<std::string_view> pointer)
{
    truncated_ += truncated_.empty() ? "\"" : ",\"";
    for (auto const part : pointer)
        truncated_ += part;
    truncated_ += '"';
}

}  // namespace bbstream::event
