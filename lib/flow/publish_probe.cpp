#include "flow/publish_probe.hpp"

namespace bbstream::flow {

publish_probe::publish_probe(observe::metrics& to)
    : records_folded(
          to.make_counter("bbstream_records_folded_total", "Journal records folded; after a start some of them again")),
      commits(to.make_counter("bbstream_sink_commits_total", "Commits of events and cursor to the sink")),
      sink_errors(to.make_counter("bbstream_sink_errors_total",
                                  "Failures of the sink (Kafka or file); it is opened "
                                  "again after each")),
      dead_letters(to.make_counter("bbstream_dead_letters_total", "Events that the sink refused for good")),
      omitted_headers(to.make_counter("bbstream_headers_omitted_total",
                                      "Attributes that are in an event's value only: too long for a header, or with "
                                      "control characters")),
      commit_seconds(to.make_histogram("bbstream_sink_commit_seconds", "Time that a commit to the sink takes",
                                       {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10})),
      commit_events(to.make_histogram("bbstream_sink_commit_events", "Events of a commit",
                                      {1, 10, 100, 500, 1000, 2500, 5000, 10000, 20000})),
      lag_seconds(to.make_gauge("bbstream_publish_lag_seconds",
                                "From receiving to publishing, for the oldest record of the last commit")),
      committed_sequence(to.make_gauge("bbstream_published_sequence",
                                       "Journal sequence through which all is "
                                       "published")),
      evicted_entries(to.make_gauge("bbstream_state_evicted_entries",
                                    "Entries of the fold's state that its bound has "
                                    "made it forget"))
{
    for (std::size_t topic = 0; topic < event::topic_count; ++topic)
        published_.push_back(to.make_counter("bbstream_events_published_total", "Events that are in the sink",
                                             {{"topic", event::topic_name(static_cast<event::topic>(topic))}}));
    using counts = normalize::fold_counts;
    std::pair<std::uint64_t counts::*, std::string_view> const outcomes[] = {
        {&counts::repeated_deliveries, "repeated_delivery"},
        {&counts::reused_delivery_ids, "reused_delivery_id"},
        {&counts::repeated_changes, "repeated_change"},
        {&counts::repeated_facts, "repeated_fact"},
        {&counts::late_changes, "late_change"},
        {&counts::reconstructed_changes, "reconstructed_change"},
        {&counts::gaps, "gap"},
        {&counts::empty_pushes, "empty_push"},
        {&counts::pings, "ping"},
        {&counts::named_repositories, "repository_by_name"},
        {&counts::failed_records, "failed_record"},
        {&counts::unknown_keys, "unknown_key"},
        {&counts::missing_fields, "missing_fields"},
        {&counts::type_mismatches, "type_mismatch"},
    };
    for (auto const& [member, outcome] : outcomes)
        fold_counters_.push_back({member, to.make_counter("bbstream_fold_outcomes_total",
                                                          "Records and changes that gave no event, or another one than "
                                                          "one would think",
                                                          {{"outcome", outcome}})});
}

void publish_probe::folded(normalize::fold_counts const& so_far)
{
    for (auto const& [member, to] : fold_counters_)
        if (auto const more = so_far.*member - seen_.*member; more > 0)
            to.add(static_cast<double>(more));
    seen_ = so_far;
}

}  // namespace bbstream::flow
