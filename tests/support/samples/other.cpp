// Samples of the events of mirrors and secrets, of what nobody knows, and of bbstream itself.
#include "support/samples/names.hpp"

namespace bbstream::test {

using event::type;
using namespace sample;

void samples::set_other_fact(event::event& of)
{
    constexpr std::string_view backfill = "backfills/1042";
    switch (of.type) {
        case type::mirror_synchronized: {
            event::mirror_synchronized synced;
            synced.ref_limit_exceeded = !filled_;
            if (filled_)
                synced = {"B0ZK-1234", "Sydney", "incremental", false, ref_, second_sha, first_sha};
            return set(of, facts_.mirror_synchronized("B0ZK-1234", ref_.name, second_sha, first_sha).id(0),
                       "mirrors/B0ZK-1234", synced);
        }
        case type::secret_detected: {
            event::secret_detected found;
            if (filled_)
                found = {first_sha, "deploy/prod.env", 3, "AWS access key"};
            return set(of, facts_.secret_detected(first_sha, "deploy/prod.env", 3, "AWS access key"),
                       "secrets/1111111111111111111111111111111111111111", found);
        }
        case type::unknown_received: {
            event::unknown_received unknown{event::unknown_reason::unknown_key,
                                            "there is no type for this event key",
                                            R"({"planet":"Mars"})",
                                            true,
                                            17,
                                            body_sha256};
            if (!filled_)
                delivery.repository = nullptr;
            delivery.event_key = "repo:moved_to_mars";
            return set(of, event::unknown_fact(name_, "cloud", "-", body_sha256, "-"), "deliveries/-", unknown);
        }
        case type::system_gap_detected: {
            event::gap_detected gap{ref_, {}, {}, {}, "chain"};
            if (filled_)
                gap = {ref_, third_sha, second_sha, first_sha, "chain"};
            return set(of, facts_.gap(ref_.name, third_sha, second_sha, first_sha, "chain").id(0), ref_.name, gap);
        }
        case type::system_backfill_started:
            delivery.repository = filled_ ? &repository : nullptr;
            return set(of, event::backfill_started_fact(name_, "cloud", "repository", ledger, 1042), backfill,
                       event::backfill_started{"repository", 1042, "chain"});
        default:
            delivery.repository = filled_ ? &repository : nullptr;
            return set(of, event::backfill_finished_fact(name_, "cloud", "repository", ledger, 1042), backfill,
                       event::backfill_finished{"repository", 1042, "filled", 3, 0});
    }
}

}  // namespace bbstream::test
