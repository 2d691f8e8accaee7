// Events to encode in tests.
#pragma once

#include "event/encode.hpp"

#include <string>
#include <vector>

namespace bbstream::event {

// One delivery with a ref change that lists commits, and a commit; views point into it.
struct sample {
    sample()
    {
        repository.id = "r1";
        repository.full_name = "acme/ledger";
        actor.id = actor.auth_id = "u1";
        actor.kind = "user";
        delivery.instance = "cloud";
        delivery.event_key = "repo:push";
        delivery.delivery_id = "d1";
        delivery.sequence = 42;
        delivery.received = 1'787'565'600'041'000;
        delivery.partition_key = "cloud:r1";
        delivery.source = "bitbucket://cloud/repositories/r1";
        delivery.repository = &repository;
        delivery.actor = &actor;
    }
    sample(sample const&) = delete;
    sample& operator=(sample const&) = delete;

    // A ref.updated with `count` commits whose messages have `message_bytes`.
    event ref_updated(std::size_t count, std::size_t message_bytes)
    {
        message.assign(message_bytes, 'm');
        commits.assign(count, {});
        for (auto& each : commits) {
            each.sha = hash;
            each.message = message;
        }
        ref_change change;
        change.ref = {"refs/heads/main", "main", "branch"};
        change.new_sha = hash;
        change.head = commits.empty() ? nullptr : &commits.front();
        change.commits = commit_list{commits, count, true, false};
        event made = base(type::ref_updated);
        made.subject = "refs/heads/main";
        made.data = change;
        return made;
    }

    event base(bbstream::event::type type)
    {
        event made;
        made.type = type;
        made.position = {42, 3};
        made.time = delivery.received;
        made.delivery = &delivery;
        made.subject = "commits/x";
        return made;
    }

    std::string const hash = std::string(40, 'a');
    std::string message;
    std::vector<commit> commits;
    bbstream::event::repository repository;
    bbstream::event::actor actor;
    bbstream::event::delivery delivery;
};

}  // namespace bbstream::event
