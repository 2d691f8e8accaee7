// The work behind the fold: one record at a time, in memory that is used again for the next.
#pragma once

#include "event/event_id.hpp"
#include "normalize/arena.hpp"
#include "normalize/datacenter/push_log.hpp"
#include "normalize/discussion.hpp"
#include "normalize/document.hpp"
#include "normalize/envelope.hpp"
#include "normalize/fold.hpp"
#include "normalize/mapping.hpp"
#include "normalize/observation.hpp"
#include "normalize/observed_refs.hpp"
#include "normalize/push.hpp"
#include "normalize/ref_rules.hpp"
#include "normalize/retries.hpp"
#include "normalize/sight.hpp"

#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace bbstream::normalize {

class record_fold {
   public:
    explicit record_fold(state::state& into) : state_(into) {}

    std::span<event::event const> apply(journal::record const& record);
    fold_counts const& counts() const { return counts_; }
    bool requests() const { return requests_; }

   private:
    friend class mapping;

    void reset();
    void fold_or_give_up(std::optional<object> const& body);
    void fold_record(std::optional<object> const& body);
    void read_entities(object const& body);

    void fold_mapped(object const& body, map_function map);
    void fold_push(object const& body);
    void fold_change(push_change const& change, std::size_t index);
    // What is missing beside a change that is new, if anything is.
    std::optional<state::request_kind> missing_at(push_change const& change, ref_verdict verdict);
    state::key key_of_ref(std::string_view ref);
    state::key reconstruction_from(std::string_view ref, std::string_view old_hash) const;
    bool is_published_reconstruction(std::string_view ref, std::string_view old_hash) const;
    void note_life(event::ref const& ref, bool lives);
    event::uuid add_gap(push_change const& change, state::head const& known, std::string_view reason);
    bool lacks_commits(push_change const& change);
    bool lacks_list(push_change const& change);
    // Commits that wait for an answer, and those that wait in vain.
    bool withholds_commits(push_change const& change);
    void withhold_commits(push_change const& change);
    void tell_withheld(state::request& of);
    void fold_commits(push_change const& change);
    // Whether it is told for the first time. `cause`: the event that it comes of.
    bool fold_commit(event::commit const& commit, event::ref const& on, std::uint64_t order,
                     state::key const& cause = {});

    // What is missing and can be asked for; what became of the asking.
    void make_request(push_change const& change, state::request_kind kind, state::key const& gap, event::uuid const& id,
                      state::head const& known);
    void make_room(state::reconciliation& of, state::request_kind kind);
    void begin_filling(state::request& one);
    void end_filling(state::reconciliation& of, state::key const& change, std::uint64_t missing);
    void fold_outcome(observation const& about);
    void end_polled(state::reconciliation& of);
    void end_cut(state::reconciliation& of);
    void add_started(state::request const& of);
    void add_finished(state::request const& of, std::uint64_t unfillable);
    state::request* polled_on(state::reconciliation& of, std::string_view ref);

    // What REST answered; `about` is what the record says of the answer.
    void fold_observation(observation const& about, std::optional<object> const& body);
    void fold_refs(observation const& about, object const& body);
    void fold_repository(observation const& about, std::optional<object> const& body);
    void miss_repository(observation const& about, state::described& of);
    void add_made_repository(object const& body);
    void add_changed_repository(object const& body, event::repository const* was, event::field_changes changes);
    bool is_reconstructed(event::field_changes changes);
    void note_described(event::field_changes changes);
    void forget_described();
    void fold_look_up(observation const& about, std::optional<object> const& body);
    void look_at_ref(observed_ref const& ref, sighting const& how, state::reconciliation& of);
    void add_reconstructed(event::ref const& ref, state::head const& before, state::head const& after);
    void fold_push_log(observation const& about, object const& body);
    bool may_tell_logged(observation const& about, state::head& stands);
    void tell_logged(datacenter::logged_change const& row);
    void begin_reconciled(state::reconciliation& of);
    void end_walk(observation const& about, state::reconciliation& of);
    void fold_commit_page(observation const& about, object const& body);
    void begin_commits(observation const& about, state::reconciliation& of);
    void tell_commits(event::commit_list const& commits, state::reconciliation& of);
    event::commit_list read_commits(array const& list);
    static void begin_listing(observation const& about, std::vector<state::named_head>& wanted, state::trails& trails);
    static void mark_told(observation const& about, state::trails& trails);
    static state::trail follow(event::commit const& commit, std::span<std::uint64_t const> told, state::trails& trails);
    void end_commits(observation const& about, state::reconciliation& of);
    void fold_pull_requests(observation const& about, object const& body);
    void end_pull_requests(state::pull_request_watch& watch);
    void fold_pull_request(observation const& about, std::optional<object> const& body);
    void miss_pull_request(std::uint64_t id, sighting const& how, state::pull_request_watch& watch);
    event::pull_request const* look_at_pull_request(object const& from, sighting const& how,
                                                    state::pull_request_watch& watch);
    bool believes(std::uint64_t id, state::head const& seen, sighting const& how, state::pull_request_watch& watch);

    // `news`: it was not there at the look before.
    void note_discussion(event::pull_request const& of, bool news, micros date, state::pull_request_watch& watch);
    void fold_comments(observation const& about, std::optional<object> const& body);
    known_discussion end_discussion(state::discussion const& of, std::optional<known_discussion> const& before);

    // Older commits that somebody has asked for.
    void fold_history(observation const& about);
    void fold_older_commits(observation const& about, object const& body);
    void begin_history(std::uint64_t run);
    void end_history(state::history& of, bool whole);

    void fold_statuses(observation const& about, object const& body);
    void tell_statuses(mapping& in, observation const& about);

    void fold_pipelines(observation const& about, object const& body);
    void fold_pipeline(observation const& about, std::optional<object> const& body);
    void fold_steps(observation const& about, std::optional<object> const& body);
    void look_at_run(object const& from, state::seconds grace, state::reconciliation& of);
    void note_ended_runs();

    void fold_deployments(observation const& about, object const& body);
    void fold_deployment(observation const& about, std::optional<object> const& body);
    void look_at_deployment(object const& from, state::deployment_watch& watch);
    void watch_deployment(std::string_view id, state::deployment_watch& watch);

    // Of the whole body, or of one part of it at `position` ("changes/2").
    void add_unknown_body(flaw const& why, bool is_json);
    void add_unknown_part(flaw const& why, element const& part, std::string_view position);
    void add_unknown(event::unknown_received data, std::string_view position);
    void count(event::unknown_reason why);
    std::string_view delivery_id() const;  // - where there is none

    event::event& add(event::type type, event::uuid const& id, std::string_view subject);
    // When what the delivery tells happened, where the product says so: of a fact by itself, else for all that it
    // counts, which is Data Center's `date`.
    std::optional<state::seconds> told(std::optional<micros> own = std::nullopt) const;
    // Whether an occurrence of the fact was counted for that time; nothing where it can't be said.
    std::optional<bool> happened_then(state::key const& fact, std::optional<micros> own = std::nullopt) const;
    void set_time(event::event& of, std::optional<micros> own) const;
    void bound_events();

    state::state& state_;
    fold_counts counts_;

    // Of the record at hand:
    journal::record const* record_ = nullptr;
    state::shard* shard_ = nullptr;
    state::key repository_key_;
    state::seconds now_ = 0;
    event::delivery delivery_;
    event::shared_text shared_;
    std::optional<object> about_;  // what its meta says
    record_identity who_;
    event::repository repository_;
    event::actor actor_;
    std::optional<micros> date_;  // Data Center's, of the whole delivery
    std::string_view body_;       // without a byte order mark
    hashed_body hashed_;
    push push_;
    bool lives_changed_ = false;  // a ref has appeared or gone
    bool requests_ = false;       // something is missing that can be asked for
    std::vector<event::event> events_;

    arena memory_;
    document document_;
    document meta_;
    std::deque<document> withheld_;  // that the record at hand tells
    event::fact_name name_;
};

}  // namespace bbstream::normalize
