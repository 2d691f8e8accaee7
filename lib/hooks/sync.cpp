#include "hooks/sync.hpp"

#include <algorithm>

namespace bbstream::hooks {
namespace {

constexpr char const* new_name = "bbstream";
// The memory is written after so many changes; a kill between costs as many secrets being set once more.
constexpr unsigned changes_between_saves = 20;

class carrying {
   public:
    carrying(desk const& at, sync_options options, secret_memory& memory)
        : at_(at), options_(std::move(options)), memory_(memory)
    {
    }

    net::task<result<tally>> run(plan const& what)
    {
        tally all;
        for (auto const& each : what.steps) {
            if (!is_change(each))
                continue;
            if (each.what == deed::remove && all.failed != 0) {
                ++all.left_out;
                continue;
            }
            auto const done = co_await take(each);
            ++(done ? all.done : all.failed);
            options_.tell({each, done ? std::nullopt : std::optional(done.error())});
            if (!done && is_hopeless(at_, done.error())) {
                auto const kept = memory_.save();
                co_return kept ? given_up(all, what, done.error()) : kept.error();
            }
            if ((all.done + all.failed) % changes_between_saves == 0)
                if (auto const kept = memory_.save(); !kept)
                    co_return kept.error();
        }
        if (auto const kept = memory_.save(); !kept)
            co_return kept.error();
        co_return all;
    }

   private:
    static bool is_change(step const& one) { return one.what != deed::keep && one.what != deed::report; }

    // What has failed has been told.
    static failure given_up(tally const& all, plan const& what, failure const& why)
    {
        return {why.kind, "given up after " + std::to_string(all.done) + " of " +
                              std::to_string(std::ranges::count_if(what.steps, is_change)) + " changes"};
    }

    net::task<result<void>> take(step const& one)
    {
        auto request = request_for(one);
        request.secret = options_.secret.value_or("");
        auto const answer = co_await at_.over.ask(request);
        if (!answer)
            co_return answer.error();
        auto const id = one.what == deed::remove ? one.present.id : read_id(answer->body);
        if (!is_hook_id(id))
            co_return failure{failure_kind::invalid, "the answer names no hook: it is not known to be there"};
        if (one.what == deed::remove)
            memory_.forget(at_.instance.name, one.where, id);
        else if (options_.secret)
            memory_.remember(at_.instance.name, one.where, id, {memory_.fingerprint(*options_.secret), now_micros()});
        co_return result<void>();
    }

    rest::request request_for(step const& one) const
    {
        if (one.what == deed::remove)
            return at_.hooks.removal(one.where, one.present);
        content what{new_name, at_.instance.webhook_url, options_.events, options_.secret};
        if (one.what == deed::create)
            return at_.hooks.creation(one.where, what);
        if (!one.present.name.empty())
            what.name = one.present.name;
        return at_.hooks.rewriting(one.where, one.present, what);
    }

    desk const& at_;
    sync_options const options_;
    secret_memory& memory_;
};

}  // namespace

secret_look compare_with(secret_memory const& memory, std::string const& instance, std::string secret)
{
    auto const wanted = memory.fingerprint(secret);
    return [&memory, instance, secret = std::move(secret), wanted](place const& where, hook const& one) {
        if (one.secret)
            return *one.secret == secret ? secret_state::current : secret_state::other;
        auto const* const known = memory.find(instance, where, one.id);
        if (known == nullptr)
            return secret_state::unknown;
        return known->fingerprint == wanted ? secret_state::current : secret_state::other;
    };
}

net::task<result<tally>> carry_out(desk const& at, plan const& what, sync_options options, secret_memory& memory)
{
    carrying now(at, std::move(options), memory);
    co_return co_await now.run(what);
}

}  // namespace bbstream::hooks
